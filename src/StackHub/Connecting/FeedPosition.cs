namespace StackHub.Connecting;

/// <summary>
/// How far a change feed was read: everything at or before (time, id) in key order is done. Ids compare as the vendor sorts them.
/// </summary>
public readonly record struct FeedPosition(DateTimeOffset Time, string Id)
{
    public static FeedPosition At(DateTimeOffset time) => new(time, "");
}

/// <summary>A page of changes. The position is saved only after the changes are.</summary>
public sealed record FeedPage(IReadOnlyList<Change> Changes, FeedPosition Position);

/// <summary>A page of a full read; <paramref name="Checkpoint"/> resumes after it; null on the last page.</summary>
public sealed record ScanPage(IReadOnlyList<Change.Seen> Records, string? Checkpoint);
