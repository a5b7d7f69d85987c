namespace StackHub.Storage;

public enum TableStatus
{
    Done,
    Exists,
    Changed,
    Missing,
}

/// <summary>The answer to one write; <paramref name="ETag"/> is the new version, null after a delete or refusal.</summary>
public readonly record struct TableWrite(TableStatus Status, string? ETag)
{
    public bool Done => Status == TableStatus.Done;
}

/// <summary>The answer to an atomic batch: all ETags in order, or the first refusal and its place.</summary>
public sealed record TableBatch(TableStatus Status, int? FailedAt, IReadOnlyList<string?> ETags)
{
    public bool Done => Status == TableStatus.Done;
}
