namespace StackHub.Routing.Simulating;

/// <summary>What is to be simulated: leads as they came, the rules in force, and a candidate.</summary>
/// <param name="Recorded">Those of the warm-up, if there is one, and those of the window.</param>
/// <param name="From">The beginning of the window: until then the rules in force decide in both replays.</param>
public sealed record SimulationCase(IReadOnlyList<RecordedRouting> Recorded, RoutingPlan Present, RoutingPlan Candidate, DateTimeOffset WarmUpFrom, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Null where nothing is promised.</summary>
    public TouchPromise? Promise { get; init; }
}

/// <summary>
/// Replays recorded leads twice, through the rules in force and through a candidate, and compares. Both begin with the same pools, so a
/// difference is the candidate's doing: the same rules move nobody. Pure.
/// </summary>
public static class Simulation
{
    public static SimulationResult Of(SimulationCase what)
    {
        var recorded = Replay.InOrder(what.Recorded);
        var before = Window(what, Replay.Of(recorded, what.Present, what.Present, what.From, what.Until));
        var after = Window(what, Replay.Of(recorded, what.Present, what.Candidate, what.From, what.Until));
        return new(what.Present.Version, what.Candidate.Version, what.WarmUpFrom, what.From, what.Until)
        {
            Routings = before.Length,
            Unreplayable = before.Count(routing => routing.Recorded.Inputs is null),
            Reproduced = before.Count(routing => routing.Recorded.Inputs is not null && routing.Owner == routing.Recorded.Owner),
            Moves = [.. before.Zip(after).Where(pair => pair.First.Owner != pair.Second.Owner).Select(pair => Move(what, pair.First, pair.Second))],
            Held = new(before.Count(routing => routing.IsHeld), after.Count(routing => routing.IsHeld)),
            Waited = new(before.Count(routing => routing.HasWaited), after.Count(routing => routing.HasWaited)),
            Nobodys = new(before.Count(routing => routing.IsNobodys), after.Count(routing => routing.IsNobodys)),
            Pools = [.. what.Present.Pools.Keys.Union(what.Candidate.Pools.Keys).Order(StringComparer.Ordinal).Select(pool => new PoolChange(pool, Fairness(what.Present, pool, before), Fairness(what.Candidate, pool, after)))],
            Owners = Counts(before, after, routing => routing.Owner?.Name),
            Steps = Counts(before, after, routing => routing.Step),
            Touches = what.Promise is { } promise ? new(Touches(before, what.Present, promise, what.Until), Touches(after, what.Candidate, promise, what.Until)) : null,
            Term = what.Promise?.Term,
            Assumed = Assumed(what, before),
        };
    }

    private static ReplayedRouting[] Window(SimulationCase what, IReadOnlyList<ReplayedRouting> replayed) =>
        [.. replayed.Where(routing => routing.Recorded.At >= what.From && routing.Recorded.At < what.Until)];

    private static LeadMove Move(SimulationCase what, ReplayedRouting before, ReplayedRouting after) =>
        new(before.Recorded.Lead, before.Recorded.Attempt, before.Recorded.At, before.Owner, after.Owner, new(before.Step, after.Step), after.Why, before.Recorded.Owner != before.Owner ? before.Recorded.Owner : null)
        {
            DueAt = what.Promise is { } promise ? new(ExpectedTouch.Of(before, what.Present, promise, what.Until)?.DueAt, ExpectedTouch.Of(after, what.Candidate, promise, what.Until)?.DueAt) : default,
            IsHeld = new(before.IsHeld, after.IsHeld),
        };

    private static PoolFairness? Fairness(RoutingPlan plan, string pool, ReplayedRouting[] replayed) =>
        plan.Pools.TryGetValue(pool, out var known) ? PoolFairness.Of(known, replayed) : null;

    private static CountChange[] Counts(ReplayedRouting[] before, ReplayedRouting[] after, Func<ReplayedRouting, string?> nameOf)
    {
        var (one, other) = (Count(before), Count(after));
        return [.. one.Keys.Union(other.Keys).Order(StringComparer.Ordinal).Select(name => new CountChange(name, one.GetValueOrDefault(name), other.GetValueOrDefault(name)))];

        Dictionary<string, int> Count(ReplayedRouting[] replayed) => replayed.Select(nameOf).OfType<string>().CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
    }

    private static TouchCounts Touches(ReplayedRouting[] replayed, RoutingPlan plan, TouchPromise promise, DateTimeOffset until)
    {
        var expected = replayed.Select(routing => (Touch: ExpectedTouch.Of(routing, plan, promise, until), routing.Recorded.At)).Where(one => one.Touch is not null).ToArray();
        return new(Of(TouchOutcome.Kept), Of(TouchOutcome.Breached), Of(TouchOutcome.Running), Median([.. expected.Select(one => one.Touch!.DueAt - one.At).Order()]));

        int Of(TouchOutcome outcome) => expected.Count(one => one.Touch!.Outcome == outcome);
    }

    /// <summary>The lower one of two in the middle.</summary>
    private static TimeSpan? Median(TimeSpan[] sorted) => sorted.Length == 0 ? null : sorted[(sorted.Length - 1) / 2];

    private static AssumedField[] Assumed(SimulationCase what, ReplayedRouting[] replayed) =>
    [
        .. from field in what.Present.Asked.Union(what.Candidate.Asked).Order(StringComparer.Ordinal)
           let leads = replayed.Count(routing => routing.Recorded.Inputs is { } inputs && !inputs.Facts.ContainsKey(field))
           where leads > 0
           select new AssumedField(field, leads),
    ];
}
