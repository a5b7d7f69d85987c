using StackHub.Routing.Pools;

namespace StackHub.Routing.Simulating;

/// <summary>What a member got of a pool's leads.</summary>
public sealed record MemberShare(OwnerId Owner, int Weight, int Given);

/// <summary>How evenly a pool gave its leads, by the weights of its members.</summary>
public sealed record PoolFairness(IReadOnlyList<MemberShare> Members)
{
    public int Given => Members.Sum(member => member.Given);

    /// <summary>Jain's index of leads for weight: 1 is even, 1/n all to one of n; null before anybody got one.</summary>
    public double? Jain
    {
        get
        {
            double[] shares = [.. Members.Select(member => (double)member.Given / member.Weight)];
            var squares = shares.Sum(share => share * share);
            return squares == 0 ? null : Math.Round(shares.Sum() * shares.Sum() / (shares.Length * squares), 4);
        }
    }

    /// <summary>Of all members the most leads by which one has more, or fewer, than their weight's part.</summary>
    public double MaxDeviation
    {
        get
        {
            var (given, weights) = ((long)Given, Members.Sum(member => (long)member.Weight));
            return Members.Count == 0 ? 0 : Math.Round(Members.Max(member => Math.Abs((member.Given * weights) - (given * member.Weight))) / (double)weights, 2);
        }
    }

    /// <summary>Turns that were given back are no leads.</summary>
    public static PoolFairness Of(RoutingPool pool, IEnumerable<ReplayedRouting> routings)
    {
        var given = routings.Where(routing => routing.Pool == pool.Name && routing is { Owner: not null, Recorded.State: not Ledger.LedgerState.Refunded }).CountBy(routing => routing.Owner!.Value).ToDictionary();
        return new([.. pool.Members.Select(member => new MemberShare(member.Owner, member.Weight, given.GetValueOrDefault(member.Owner)))]);
    }
}
