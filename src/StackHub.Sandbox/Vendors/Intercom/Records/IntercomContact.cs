namespace StackHub.Sandbox.Vendors.Intercom.Records;

/// <summary>One user or lead.</summary>
internal sealed record IntercomContact(long Number, string Id, DateTimeOffset CreatedAt)
{
    public DateTimeOffset UpdatedAt { get; set; }

    public string Role { get; set; } = "user";

    public string? ExternalId { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public string? Name { get; set; }

    public string? Avatar { get; set; }

    public long? OwnerId { get; set; }

    public bool Unsubscribed { get; set; }

    public long? SignedUpAt { get; set; }

    public long? LastSeenAt { get; set; }

    public bool Archived { get; set; }

    /// <summary>Text, long, double or bool by name.</summary>
    public Dictionary<string, object?> Custom { get; set; } = [];

    public List<string> Companies { get; set; } = [];

    public SortedSet<string> Subscriptions { get; set; } = new(StringComparer.Ordinal);

    public IntercomContact Snapshot() => this with { Custom = new(Custom), Companies = [.. Companies] };

    public bool Equals(IntercomContact? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Number.GetHashCode();
}
