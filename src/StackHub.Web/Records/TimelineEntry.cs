using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>Something that happened to a record.</summary>
public abstract record TimelineEntry(DateTimeOffset At)
{
    public sealed override string ToString() => GetType().Name;

    /// <summary>A tool said values that it authored itself.</summary>
    public sealed record Said(DateTimeOffset At, ExternalRef Link, IReadOnlyList<TimelineValue> Values) : TimelineEntry(At);

    /// <summary>The hub wrote values to a tool.</summary>
    /// <param name="Authors">The systems that authored them.</param>
    /// <param name="Answered">The tool confirmed it.</param>
    public sealed record Wrote(DateTimeOffset At, ExternalRef Link, IReadOnlyList<TimelineValue> Values, IReadOnlyList<SystemId> Authors, bool Answered, string? Trace) : TimelineEntry(At);

    /// <summary>A tool refused a value for good; the whole record when there is no field.</summary>
    public sealed record Refused(DateTimeOffset At, string Where, string? Field, string Code) : TimelineEntry(At);

    public sealed record Deleted(DateTimeOffset At, ExternalRef Link) : TimelineEntry(At);

    /// <summary>Another record was merged into this one, or this one into another.</summary>
    public sealed record Merged(DateTimeOffset At, RecordId Loser, RecordId Survivor, string Reason) : TimelineEntry(At);

    public sealed record Unmerged(DateTimeOffset At, RecordId Loser, RecordId Survivor) : TimelineEntry(At);

    /// <summary>Tools kept overwriting each other, so that the field is left alone.</summary>
    public sealed record Frozen(DateTimeOffset At, string Field) : TimelineEntry(At);

    public sealed record Released(DateTimeOffset At, string Field) : TimelineEntry(At);
}

/// <summary>A field and what it was said or made to be.</summary>
public sealed record TimelineValue(string Field, string? Value)
{
    public override string ToString() => $"value of {Field}";
}
