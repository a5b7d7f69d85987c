using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Reports;
using StackHub.Lifecycle.Service;
using StackHub.Records;

namespace StackHub.Web.Lifecycle;

/// <summary>A stage somebody was in.</summary>
/// <param name="Inferred">Nobody said so: it was skipped.</param>
public sealed record StageEntryView(string Stage, DateTimeOffset At, DateTimeOffset? LeftAt, bool Inferred, int? RuleVersion, string? Reason, string Source);

/// <summary>One way along the path.</summary>
public sealed record CycleView(int Number, bool WinBack, IReadOnlyList<StageEntryView> Entries);

/// <summary>What somebody said that was not followed, and why not.</summary>
public sealed record ProposalView(string Stage, string Authority, string Source, DateTimeOffset At, string Reason);

public sealed record JourneyView(string Motion, RecordId? Account, string Current, string HighWater, IReadOnlyList<CycleView> Cycles, IReadOnlyList<ProposalView> Proposals);

/// <summary>A promise and what became of it: running, kept, broken, or taken back.</summary>
public sealed record SlaClockView(string Stage, DateTimeOffset StartedAt, DateTimeOffset DueAt, string State, DateTimeOffset? RemindedAt, DateTimeOffset? BreachedAt, DateTimeOffset? MetAt, string? Reversal, string Calendar)
{
    /// <summary>What is promised: the stage, so many attempts, or an opportunity in one of its stages.</summary>
    public required string What { get; init; }

    public static SlaClockView Of(SlaClock clock) => new(
        clock.Stage, clock.StartedAt, clock.DueAt, clock.IsRunning ? "running" : clock.IsBroken ? "broken" : clock.BreachedAt is null ? "kept" : "late", clock.RemindedAt, clock.BreachedAt, clock.MetAt, clock.Reversal, clock.Calendar)
    {
        What = clock.What,
    };
}

/// <summary>Where a person is, and how they came there.</summary>
/// <param name="Version">Rises with every decision.</param>
public sealed record PersonLifecycleView(RecordId Person, string? Stage, string? HighWater, DateTimeOffset? Since, bool HasRole, bool Erased, long Version, IReadOnlyList<JourneyView> Journeys, IReadOnlyList<SlaClockView> Clocks)
{
    public static PersonLifecycleView Of(PersonLifecycle person)
    {
        var sources = JourneyFold.Known(person.Events).ToDictionary(said => said.Id, said => said.Source, StringComparer.Ordinal);
        var standing = person.Head.Standing;
        return new(person.Person, standing?.Stage, standing?.HighWater, standing?.Since, standing?.HasRole ?? false, person.Head.IsErased, person.Head.Version,
            [.. person.Head.Journeys.Select(journey => Of(journey, sources))], [.. person.Head.Clocks.OrderBy(clock => clock.DueAt).Select(SlaClockView.Of)]);
    }

    private static JourneyView Of(Journey journey, Dictionary<string, string> sources) => new(
        journey.Motion.ToString(), journey.Account, journey.Current, journey.HighWater,
        [.. journey.Cycles.Select(cycle => new CycleView(cycle.Number, cycle.IsWinBack, [.. cycle.Entries.Select(entry => new StageEntryView(entry.Stage, entry.At, entry.LeftAt, entry.Inferred, entry.RuleVersion, entry.Reason, sources.GetValueOrDefault(entry.Event, "")))]))],
        [.. journey.Proposals.Select(proposal => new ProposalView(proposal.Stage, proposal.Authority, sources.GetValueOrDefault(proposal.Event, ""), proposal.At, proposal.Reason))]);

    public override string ToString() => $"lifecycle of {Person}";
}
