using StackHub.Records;

namespace StackHub.Sync.Apply;

/// <param name="Emit">False while a system is baselined: observe, and let the plan or the reconcile run find the differences.</param>
/// <param name="Trace">W3C trace context of the cause.</param>
public sealed record ApplyOptions(Lane Lane, bool Emit, string? Trace = null)
{
    /// <summary>The trace of each change, where a batch has several causes.</summary>
    public IReadOnlyDictionary<ExternalRef, string>? Causes { get; init; }

    /// <summary>The changes were told before, and how far that went is not known.</summary>
    public bool Again { get; init; }

    public string? TraceOf(ExternalRef reference) => Causes is not null && Causes.TryGetValue(reference, out var trace) ? trace : Trace;
}

/// <summary>What came of a batch of changes.</summary>
public sealed record ApplyReport
{
    public int Changes { get; init; }

    public int NewRecords { get; init; }

    public int ChangedRecords { get; init; }

    /// <summary>New links to records that existed: the same person found in another tool.</summary>
    public int Linked { get; init; }

    public int Suppressed { get; init; }

    public int Enqueued { get; init; }

    public static ApplyReport operator +(ApplyReport left, ApplyReport right) => new()
    {
        Changes = left.Changes + right.Changes,
        NewRecords = left.NewRecords + right.NewRecords,
        ChangedRecords = left.ChangedRecords + right.ChangedRecords,
        Linked = left.Linked + right.Linked,
        Suppressed = left.Suppressed + right.Suppressed,
        Enqueued = left.Enqueued + right.Enqueued,
    };
}
