using System.Collections.Immutable;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Routing.Picking;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Simulating;

/// <summary>
/// Decides recorded leads again, in the order in which they came, with pools that fill and empty in memory as the leads then did: a lead is
/// closed, taken or let lie when it was, whoever has it here. Pools begin with nothing. It needs no clock and no chance, so it always ends alike.
/// </summary>
internal sealed class Replay
{
    private readonly Dictionary<(RecordId Lead, int Attempt), ReplayedRouting> outcomes = [];
    private readonly Dictionary<(RecordId Lead, int Attempt), ImmutableArray<OwnerId>> excluded = [];
    private readonly Dictionary<string, PoolState> pools = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(DateTimeOffset At, RecordId Lead, int Attempt), (string Pool, LeadCase Case)> waiting = new(Comparer);
    private RoutingPlan plan;

    private Replay(RoutingPlan plan) => this.plan = plan;

    private static Comparer<(DateTimeOffset At, RecordId Lead, int Attempt)> Comparer { get; } =
        Comparer<(DateTimeOffset At, RecordId Lead, int Attempt)>.Create((one, other) => (one.At.CompareTo(other.At), one.Lead.CompareTo(other.Lead)) switch { (0, 0) => one.Attempt.CompareTo(other.Attempt), (0, var lead) => lead, var (at, _) => at });

    /// <param name="recorded">In the order of <see cref="InOrder"/>.</param>
    /// <param name="before">The rules until <paramref name="from"/>.</param>
    /// <param name="after">The rules from then on.</param>
    public static IReadOnlyList<ReplayedRouting> Of(IReadOnlyList<RecordedRouting> recorded, RoutingPlan before, RoutingPlan after, DateTimeOffset from, DateTimeOffset until)
    {
        var replay = new Replay(before);
        foreach (var (at, happens) in Happenings(recorded, from))
        {
            replay.Pass(at);
            if (happens is { Routing: { } routing, IsEnd: true })
                replay.End(routing, at);
            else if (happens.Routing is { } arrived)
                replay.Arrive(arrived, at);
            else
                replay.Change(after, at);
        }

        replay.Pass(until);
        return [.. recorded.Select(routing => replay.outcomes[Key(routing)])];
    }

    public static IReadOnlyList<RecordedRouting> InOrder(IEnumerable<RecordedRouting> recorded) => [.. recorded.OrderBy(routing => routing.At).ThenBy(routing => routing.Lead).ThenBy(routing => routing.Attempt)];

    /// <summary>Arrivals and ends by time. At one moment what ends comes first, as it makes room; but nothing ends before it came.</summary>
    private static IEnumerable<(DateTimeOffset At, Happening What)> Happenings(IReadOnlyList<RecordedRouting> recorded, DateTimeOffset from)
    {
        var all = new List<(DateTimeOffset At, int Order, Happening What)> { (from, 1, new(null, false)) };
        foreach (var routing in recorded)
        {
            all.Add((routing.At, 2, new(routing, false)));
            if (routing.EndedAt is { } ended)
                all.Add(ended > routing.At ? (ended, 0, new(routing, true)) : (routing.At, 3, new(routing, true)));
        }

        return all.OrderBy(one => one.At).ThenBy(one => one.Order).Select(one => (one.At, one.What)); // a stable order: leads that came together stay as they were
    }

    /// <summary>Whoever waits is tried whenever time alone may have made room, until the moment.</summary>
    private void Pass(DateTimeOffset until)
    {
        while (waiting.Count > 0 && Chance() is { } next && next.At <= until)
            Release(next.Pool, next.At);

        (DateTimeOffset At, string Pool)? Chance() => chances.Count == 0 ? null : chances.Min(chance => (chance.Value, chance.Key));
    }

    private readonly SortedDictionary<string, DateTimeOffset> chances = new(StringComparer.Ordinal);

    private void Arrive(RecordedRouting routing, DateTimeOffset now)
    {
        if (routing.Inputs is null)
        {
            AsRecorded(routing);
            return;
        }

        var had = excluded[Key(routing)] = Excluded(routing);
        var lead = routing.Case(plan, had);
        if (had.IsEmpty && !plan.Scope.IsRoutable(lead.Facts))
            outcomes[Key(routing)] = new(routing, null, null, null, "no lead to these rules", routing.At) { IsNobodys = true };
        else
            Route(routing, lead, now);
    }

    private void Route(RecordedRouting routing, LeadCase lead, DateTimeOffset now)
    {
        var pool = RouteLead.PoolOf(lead, plan);
        var before = pool is null ? PoolState.Empty : State(pool);
        var routed = RouteLead.Decide(lead, plan, before, now);
        if (routed.Decision is RoutingDecision.Held || (before.Waiting > 0 && pool is not null))
            Wait(routing, lead, pool ?? RoutingLedger.Holding, routed.Decision is RoutingDecision.Held ? routed : null, now);
        else
            Settle(routing, routed, pool, now);
    }

    /// <param name="held">Null for one who goes behind others.</param>
    private void Wait(RecordedRouting routing, LeadCase lead, string pool, RoutedLead? held, DateTimeOffset now)
    {
        waiting[Place(routing)] = (pool, lead);
        outcomes[Key(routing)] = new(routing, null, null, null, held?.Trace.Why ?? "others have waited longer", routing.At) { IsHeld = true };
        pools[pool] = (held?.State ?? State(pool)).Waits(1);
        if (held is null)
            Release(pool, now);
        else
            Plan(pool, now);
    }

    private void Settle(RecordedRouting routing, RoutedLead routed, string? pool, DateTimeOffset now)
    {
        outcomes[Key(routing)] = routed.Decision is RoutingDecision.Assigned assigned
            ? new(routing, assigned.Owner, assigned.Step, assigned.Pool, routed.Trace.Why, now)
            : new(routing, null, null, null, routed.Trace.Why, routing.At) { IsNobodys = true };
        if (pool is not null && routed.State is { } state)
            pools[pool] = state;
    }

    /// <summary>Those who wait for a pool, the longest first, as long as somebody can be chosen.</summary>
    private void Release(string pool, DateTimeOffset now)
    {
        foreach (var (place, (_, lead)) in waiting.Where(one => one.Value.Pool == pool).ToArray())
        {
            var routed = RouteLead.Decide(lead, plan, State(pool), now);
            if (routed.Decision is RoutingDecision.Held)
            {
                if (lead.Excluded.IsEmpty && plan.Pools.GetValueOrDefault(pool) is { Matches: false })
                    break; // whom nobody can take here, nobody can take the next one
                continue;
            }

            waiting.Remove(place);
            Settle(outcomes[(place.Lead, place.Attempt)].Recorded, routed, pool, now);
            pools[pool] = State(pool).Waits(-1);
        }

        Plan(pool, now);
    }

    /// <summary>When the pool is tried again.</summary>
    private void Plan(string pool, DateTimeOffset now)
    {
        if (State(pool).Waiting > 0 && plan.Pools.TryGetValue(pool, out var known) && NextChance.After(known, State(pool), plan.Owners, now) is { } next)
            chances[pool] = next;
        else
            chances.Remove(pool);
    }

    /// <summary>The turn was used, or the lead waited, whatever the rules: nobody knows any more what it was decided from.</summary>
    private void AsRecorded(RecordedRouting routing)
    {
        outcomes[Key(routing)] = new(routing, routing.Owner, routing.Step, routing.Pool, "as it was: what it was decided from is not known any more", routing.Owner is null ? routing.At : routing.DecidedAt)
        {
            IsHeld = routing.State == LedgerState.Held,
            IsNobodys = routing is { Owner: null, State: LedgerState.Decided },
        };
        if (routing is { Owner: { } owner, Pool: { } pool } && plan.Pools.GetValueOrDefault(pool)?.Members.FirstOrDefault(member => member.Owner == owner) is { } member && plan.Owners.TryGetValue(owner, out var known))
            pools[pool] = PickFromPool.Counted(State(pool), member, known, routing.DecidedAt);
    }

    /// <summary>The lead was closed, taken, let lie or withdrawn.</summary>
    private void End(RecordedRouting routing, DateTimeOffset now)
    {
        var outcome = outcomes[Key(routing)];
        if (waiting.Remove(Place(routing), out var there))
        {
            outcomes[Key(routing)] = outcome with { IsHeld = false, IsNobodys = true, Why = "it waited until nobody was needed any more" };
            pools[there.Pool] = State(there.Pool).Waits(-1);
            Release(there.Pool, now);
        }
        else if (outcome is { Owner: { } owner, Pool: { } pool })
        {
            var isRefund = routing.State == LedgerState.Refunded || (routing.State == LedgerState.Released && plan.Scope.RefundsReleased);
            pools[pool] = isRefund ? State(pool).Refunded(owner, outcome.At) : State(pool).Closed(owner);
            Release(pool, now);
        }
    }

    /// <summary>Other rules: whoever waits is routed by them, the longest first.</summary>
    private void Change(RoutingPlan to, DateTimeOffset now)
    {
        if (ReferenceEquals(plan, to))
            return;
        plan = to;
        var all = waiting.ToArray();
        waiting.Clear();
        chances.Clear();
        foreach (var pool in pools.Keys.ToArray())
            pools[pool] = pools[pool] with { Waiting = 0 };
        foreach (var place in all.Select(one => one.Key))
        {
            var routing = outcomes[(place.Lead, place.Attempt)].Recorded;
            Route(routing, routing.Case(plan, excluded[Key(routing)]), now);
        }
    }

    /// <summary>Whoever let it lie here, where the record says that somebody did.</summary>
    private ImmutableArray<OwnerId> Excluded(RecordedRouting routing)
    {
        var before = (routing.Lead, routing.Attempt - 1);
        if (routing.Excluded.IsEmpty || !outcomes.TryGetValue(before, out var outcome) || !excluded.TryGetValue(before, out var had))
            return routing.Excluded;
        return outcome.Owner is { } owner && !had.Contains(owner) ? had.Add(owner) : had;
    }

    private PoolState State(string pool) => pools.GetValueOrDefault(pool) ?? PoolState.Empty;

    private static (RecordId, int) Key(RecordedRouting routing) => (routing.Lead, routing.Attempt);

    private static (DateTimeOffset, RecordId, int) Place(RecordedRouting routing) => (routing.At, routing.Lead, routing.Attempt);

    /// <param name="Routing">Null where the rules change.</param>
    private readonly record struct Happening(RecordedRouting? Routing, bool IsEnd);
}
