using StackHub.Records;

namespace StackHub.Identity.Matching;

/// <summary>A merge that was made: which record lives on in which, why, and which links came along.</summary>
public sealed record MergeEntry(RecordId Loser, RecordId Survivor, DateTimeOffset At, string Reason, IReadOnlyList<string> Links)
{
    public DateTimeOffset? UndoneAt { get; init; }
}
