using System.Collections.Immutable;
using StackHub.Lifecycle.Machine;
using StackHub.Records;

namespace StackHub.Lifecycle.Journeys;

/// <summary>
/// A person's history out of what was said, in the order it happened: whatever the order it was heard in, and however often, the journey
/// is the same, and a late event changes what it ought to change.
/// </summary>
public static class JourneyFold
{
    /// <summary>One journey an account and motion.</summary>
    /// <param name="knownAt">Only what the hub knew then; null for all.</param>
    /// <param name="follow">The account a merged account lives on in.</param>
    public static ImmutableArray<Journey> Of(LifecycleMachine machine, IEnumerable<LifecycleEvent> events, DateTimeOffset? knownAt = null, Func<RecordId, RecordId>? follow = null) =>
    [
        .. Known(events, knownAt)
            .GroupBy(said => said.Motion)
            .OrderBy(motion => motion.Key.ToString(), StringComparer.Ordinal)
            .SelectMany(motion => WithAccounts(Ordered(machine, motion), follow ?? (account => account)).Select(account => Fold(machine, motion.Key, account.Key, account))),
    ];

    /// <summary>What the hub knows of each event by its last revision.</summary>
    public static IEnumerable<LifecycleEvent> Known(IEnumerable<LifecycleEvent> events, DateTimeOffset? knownAt = null) => events
        .Where(said => knownAt is null || said.RecordedAt <= knownAt)
        .GroupBy(said => said.Id, StringComparer.Ordinal)
        .Select(revisions => revisions.MaxBy(said => said.Revision)!)
        .Where(said => !said.Withdrawn);

    /// <summary>
    /// By when it happened; at one moment the higher authority first, then along the path and detours last, then by id. When the hub
    /// heard of it decides nothing, or the same news in another order would end elsewhere.
    /// </summary>
    private static LifecycleEvent[] Ordered(LifecycleMachine machine, IEnumerable<LifecycleEvent> events) =>
    [
        .. events
            .OrderBy(said => said.OccurredAt)
            .ThenBy(said => machine.Rank(said.Authority))
            .ThenBy(said => machine.Find(said.Stage)?.Order ?? int.MaxValue)
            .ThenBy(said => said.Id, StringComparer.Ordinal),
    ];

    /// <summary>What happened before the person had an account belongs to the first one they had.</summary>
    private static IEnumerable<IGrouping<RecordId?, LifecycleEvent>> WithAccounts(LifecycleEvent[] ordered, Func<RecordId, RecordId> follow)
    {
        RecordId? Living(LifecycleEvent said) => said.Account is { } account ? follow(account) : null;
        var first = ordered.Select(Living).FirstOrDefault(account => account is not null);
        return ordered.GroupBy(said => Living(said) ?? first).OrderBy(account => account.Key?.ToString(), StringComparer.Ordinal);
    }

    private static Journey Fold(LifecycleMachine machine, Motion motion, RecordId? account, IEnumerable<LifecycleEvent> events)
    {
        var walk = new Walk(machine);
        foreach (var said in events)
            walk.Take(said);
        return walk.End(motion) with { Account = account };
    }

    /// <summary>Where a person is while their events are gone through.</summary>
    private sealed class Walk(LifecycleMachine machine)
    {
        private readonly List<(bool WinBack, List<StageEntry> Entries)> cycles = [];
        private readonly ImmutableArray<Proposal>.Builder proposals = ImmutableArray.CreateBuilder<Proposal>();
        private readonly HashSet<RecordId> openDeals = [];
        private LifecycleEvent? last;

        private List<StageEntry> Entries => cycles[^1].Entries;

        public void Take(LifecycleEvent said)
        {
            if (cycles.Count == 0)
                Begin(said);
            if (machine.Find(said.Stage) is not { } to)
            {
                Refuse(said, Refusals.UnmappedStage);
                return;
            }
            if (said.Deal is { } deal && !Settle(deal, said))
                return;
            var from = machine[Entries[^1].Stage];
            if (to == from)
                Confirm(said);
            else if (Refusal(from, to, said) is { } refusal)
                Refuse(said, refusal);
            else
                Move(from, to, said);
        }

        public Journey End(Motion motion) => new(
            motion,
            [.. cycles.Select((cycle, index) => new Cycle(index + 1, cycle.WinBack, Closed(cycle.Entries, index)))],
            proposals.DrainToImmutable(),
            cycles.SelectMany(cycle => cycle.Entries).Select(entry => machine[entry.Stage]).Where(stage => stage.Order is not null).MaxBy(stage => stage.Order)?.Name ?? machine.Start.Name);

        /// <summary>Which opportunities are open; a person loses only with the last of them.</summary>
        private bool Settle(RecordId deal, LifecycleEvent said)
        {
            if (said.DealState == DealState.Open)
                openDeals.Add(deal);
            else
                openDeals.Remove(deal);
            if (said.DealState != DealState.Lost || openDeals.Count == 0)
                return true;
            Refuse(said, Refusals.OtherDealOpen);
            return false;
        }

        private void Begin(LifecycleEvent said) => cycles.Add((false, [new(machine.Start.Name, said.OccurredAt, said.Stage != machine.Start.Name, said.Id, null)]));

        /// <summary>Said of a stage that was only inferred so far, at that very moment: now it is known.</summary>
        private void Confirm(LifecycleEvent said)
        {
            if (Entries[^1] is { Inferred: true } inferred && inferred.At == said.OccurredAt)
                Entries[^1] = inferred with { Inferred = false, Event = said.Id, RuleVersion = said.RuleVersion };
            if (last?.OccurredAt != said.OccurredAt)
                last = said;
        }

        private string? Refusal(Stage from, Stage to, LifecycleEvent said)
        {
            if (last is { } before && before.OccurredAt == said.OccurredAt && machine.Rank(before.Authority) < machine.Rank(said.Authority))
                return Refusals.TieLost;
            if (StageGuard.Refusal(machine, from, Entries[^1].At, to, said) is { } refusal)
                return refusal;
            return !machine.Leads(from, to) && from.NeedsExpiry && !said.IsOverride && !(Expiry <= said.OccurredAt) ? Refusals.NotExpired : null;
        }

        private DateTimeOffset? Expiry => last?.ExpiresAt;

        private void Move(Stage from, Stage to, LifecycleEvent said)
        {
            last = said;
            var first = from;
            if (!machine.Leads(from, to))
            {
                first = StageGuard.Reopening(machine, from, to)!;
                cycles.Add((from.IsWinBack, []));
                if (first != to)
                    Enter(first, said, inferred: true);
            }
            foreach (var skipped in machine.Path.Where(stage => stage.Order > first.Order && stage.Order < to.Order))
                Enter(skipped, said, inferred: true);
            Enter(to, said, inferred: false);
        }

        private void Enter(Stage stage, LifecycleEvent said, bool inferred) => Entries.Add(new(stage.Name, said.OccurredAt, inferred, said.Id, said.RuleVersion) { Reason = inferred ? null : said.Reason });

        private void Refuse(LifecycleEvent said, string reason) => proposals.Add(new(said.Id, said.Stage, said.Authority, said.OccurredAt, reason));

        private ImmutableArray<StageEntry> Closed(List<StageEntry> entries, int cycle)
        {
            var nextCycle = cycle + 1 < cycles.Count ? cycles[cycle + 1].Entries[0].At : (DateTimeOffset?)null;
            return [.. entries.Select((entry, index) => entry with { LeftAt = index + 1 < entries.Count ? entries[index + 1].At : nextCycle })];
        }
    }
}
