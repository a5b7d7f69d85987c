using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Routing.Picking;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Board;

/// <summary>A member as they stand now.</summary>
/// <param name="Check">The first check they would fail now, whatever the lead; null when they can be chosen.</param>
public sealed record MemberBoard(PoolMember Member, MemberState State, string? Check);

/// <summary>A pool as it stands now.</summary>
/// <param name="Held">Who waits, the longest first.</param>
public sealed record PoolBoard(string Name, RoutingPool? Pool, IReadOnlyList<MemberBoard> Members, int Waiting, IReadOnlyList<RecordId> Held)
{
    /// <summary>Jain's index of leads for weight among those who ever got one: 1 is even, 1/n all to one of n; null before anybody did.</summary>
    public double? Fairness
    {
        get
        {
            double[] shares = [.. Members.Select(member => (double)member.State.Given / member.Member.Weight)];
            var squares = shares.Sum(share => share * share);
            return squares == 0 ? null : shares.Sum() * shares.Sum() / (shares.Length * squares);
        }
    }

    /// <summary>The pure picture of a pool.</summary>
    public static PoolBoard Of(RoutingPlan plan, string name, PoolState state, IReadOnlyList<RecordId> held, DateTimeOffset now)
    {
        var pool = plan.Pools.GetValueOrDefault(name);
        var anybody = new PickRequest("", "", [], null);
        return new(name, pool, [.. (pool?.Members ?? []).Select(member => new MemberBoard(member, state.Of(member.Owner), Eligibility.FirstFailed(pool! with { Matches = false }, member, plan.Owners.GetValueOrDefault(member.Owner), state.Of(member.Owner), anybody, now)))], state.Waiting, held);
    }
}

/// <summary>Routing as it stands now: pools, who waits, and what was decided lately.</summary>
public sealed class RoutingBoard(RoutingLedger ledger, TimeProvider time)
{
    private const int MostHeld = 20;

    public async Task<IReadOnlyList<PoolBoard>> PoolsAsync(RoutingPlan plan, CancellationToken cancellationToken)
    {
        var waiting = await ledger.WaitingPoolsAsync(cancellationToken);
        var boards = new List<PoolBoard>();
        foreach (var name in plan.Pools.Keys.Union(waiting).Order(StringComparer.Ordinal))
        {
            var held = waiting.Contains(name) ? await ledger.HeldAsync(name, MostHeld, cancellationToken) : [];
            var board = PoolBoard.Of(plan, name, (await ledger.PoolAsync(name, cancellationToken)).State, [.. held.Select(one => one.Lead)], time.GetUtcNow());
            if (board.Pool is not null || held.Count > 0)
                boards.Add(board);
        }

        return boards;
    }

    /// <summary>The latest decisions of all pools and of ownership, the newest first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> RecentAsync(RoutingPlan plan, int take, CancellationToken cancellationToken)
    {
        var lists = new List<LedgerEntry>();
        foreach (var pool in plan.Pools.Keys.Append(RoutingLedger.Owned).Append(RoutingLedger.Holding).Order(StringComparer.Ordinal))
            lists.AddRange(await ledger.RecentAsync(pool, take, cancellationToken));
        return [.. lists.OrderByDescending(entry => entry.Trace.At).ThenBy(entry => entry.Lead).Take(take)];
    }
}
