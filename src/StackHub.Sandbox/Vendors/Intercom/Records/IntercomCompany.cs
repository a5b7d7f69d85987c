namespace StackHub.Sandbox.Vendors.Intercom.Records;

/// <summary>One company of the workspace.</summary>
internal sealed record IntercomCompany(long Number, string Id, string CompanyId, DateTimeOffset CreatedAt)
{
    public DateTimeOffset UpdatedAt { get; set; }

    public string? Name { get; set; }

    public string? Plan { get; set; }

    public string? Website { get; set; }

    public string? Industry { get; set; }

    public long? Size { get; set; }

    public double MonthlySpend { get; set; }

    public long? RemoteCreatedAt { get; set; }

    public Dictionary<string, object?> Custom { get; set; } = [];

    public HashSet<string> Contacts { get; } = [];

    public bool Equals(IntercomCompany? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Number.GetHashCode();
}
