using StackHub.Routing.Pools;

namespace StackHub.Routing.Picking;

/// <summary>Whoever has the lowest level for their weight; the order of the pool breaks ties. Compared as fractions of whole numbers.</summary>
internal static class LeastLoad
{
    public static (PoolMember Chosen, PoolState State, string Why) Pick(RoutingPool pool, List<PoolMember> eligible, PoolState state, DateTimeOffset now)
    {
        var best = eligible[0];
        foreach (var member in eligible)
            if (IsLess(pool, eligible, state, member, best, now))
                best = member;
        if (pool.Returns == ReturnPolicy.CatchUp && IsBehind(eligible, state, best))
            state = state.With(best.Owner, CaughtUp(state.Of(best.Owner), now));
        return (best, state, $"lowest load: {state.Of(best.Owner).Level} at weight {best.Weight}");
    }

    /// <summary>Those who come, or come back, get the level that the pool's policy gives them.</summary>
    public static PoolState Returned(RoutingPool pool, PoolState state, List<PoolMember> eligible, DateTimeOffset now)
    {
        if (eligible.All(member => state.Members.GetValueOrDefault(member.Owner) is { WasAway: false }))
            return state; // nobody comes, or comes back
        var present = eligible.Where(member => state.Members.ContainsKey(member.Owner) && !state.Of(member.Owner).WasAway).ToArray();
        if (present.Length == 0 || pool.Returns == ReturnPolicy.CatchUp)
            return state;
        foreach (var member in eligible.Except(present))
        {
            var level = pool.Returns == ReturnPolicy.Forgive
                ? present.Min(other => PerWeight(state, other, member))
                : present.Sum(other => PerWeight(state, other, member)) / present.Length;
            var known = state.Of(member.Owner);
            state = state.With(member.Owner, known with { Level = Math.Max(known.Level, level) });
        }

        return state;
    }

    /// <summary>Another's level, as it would be at this member's weight.</summary>
    private static long PerWeight(PoolState state, PoolMember other, PoolMember member) => state.Of(other.Owner).Level * member.Weight / other.Weight;

    private static bool IsLess(RoutingPool pool, List<PoolMember> eligible, PoolState state, PoolMember one, PoolMember other, DateTimeOffset now) =>
        Level(pool, eligible, state, one, now) * other.Weight < Level(pool, eligible, state, other, now) * one.Weight;

    /// <summary>Who has caught up enough for today counts as being level with the others.</summary>
    private static long Level(RoutingPool pool, List<PoolMember> eligible, PoolState state, PoolMember member, DateTimeOffset now)
    {
        var known = state.Of(member.Owner);
        var isDone = pool.Returns == ReturnPolicy.CatchUp && known.CatchUpDay == Day(now) && known.CaughtUp >= pool.CatchUpADay && IsBehind(eligible, state, member);
        var others = eligible.Where(other => other.Owner != member.Owner).ToArray();
        return isDone && others.Length > 0 ? others.Max(other => PerWeight(state, other, member)) : known.Level;
    }

    private static bool IsBehind(List<PoolMember> eligible, PoolState state, PoolMember member) =>
        eligible.All(other => other.Owner == member.Owner || state.Of(member.Owner).Level * other.Weight < state.Of(other.Owner).Level * member.Weight);

    private static MemberState CaughtUp(MemberState state, DateTimeOffset now) =>
        state with { CatchUpDay = Day(now), CaughtUp = state.CatchUpDay == Day(now) ? state.CaughtUp + 1 : 1 };

    private static DateTimeOffset Day(DateTimeOffset now) => new(now.UtcDateTime.Date, TimeSpan.Zero);
}
