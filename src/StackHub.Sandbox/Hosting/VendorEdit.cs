namespace StackHub.Sandbox.Hosting;

/// <summary>A change made by a person in a vendor's own pages; values are the vendor's field names and text.</summary>
public sealed record VendorEdit(string Action, string Type, string? Id = null)
{
    /// <summary>Field name to value; null clears.</summary>
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = new Dictionary<string, string?>();

    /// <summary>The loser of a merge, or the other end of an association.</summary>
    public string? OtherId { get; init; }

    public string? OtherType { get; init; }
}
