using System.Collections.Immutable;
using System.Text.Json.Serialization;
using StackHub.Records;

namespace StackHub.Lifecycle.Journeys;

/// <summary>A stage a person was in.</summary>
/// <param name="Inferred">Nobody said so: it was skipped, and stamped with the time of the stage reached.</param>
public sealed record StageEntry(string Stage, DateTimeOffset At, bool Inferred, string Event, int? RuleVersion)
{
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Why, where somebody said so.</summary>
    public string? Reason { get; init; }
}

/// <summary>One way along the path; what follows it never lowers it.</summary>
public sealed record Cycle(int Number, bool IsWinBack, ImmutableArray<StageEntry> Entries)
{
    [JsonIgnore]
    public string Current => Entries[^1].Stage;

    [JsonIgnore]
    public DateTimeOffset Since => Entries[^1].At;

    public StageEntry? First(string stage) => Entries.FirstOrDefault(entry => entry.Stage == stage);
}

/// <summary>What somebody said that was not followed.</summary>
public sealed record Proposal(string Event, string Stage, string Authority, DateTimeOffset At, string Reason);

/// <summary>A person's way in one motion: derived from events, never stored on its own authority.</summary>
/// <param name="HighWater">The farthest stage of the success path in any cycle.</param>
public sealed record Journey(Motion Motion, ImmutableArray<Cycle> Cycles, ImmutableArray<Proposal> Proposals, string HighWater)
{
    /// <summary>The account it is with; null while none is known.</summary>
    public RecordId? Account { get; init; }

    [JsonIgnore]
    public string Current => Cycles[^1].Current;

    [JsonIgnore]
    public int BlockedRegressions => Proposals.Count(proposal => proposal.Reason is Refusals.NonAuthoritativeRegression or Refusals.Regression);

    public IEnumerable<StageEntry> EntriesOf(string stage) => Cycles.SelectMany(cycle => cycle.Entries).Where(entry => entry.Stage == stage);
}
