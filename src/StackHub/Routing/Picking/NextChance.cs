using StackHub.Routing.Pools;

namespace StackHub.Routing.Picking;

/// <summary>When a pool that can choose nobody is worth asking again, should nothing happen but that time passes.</summary>
public static class NextChance
{
    /// <summary>Null when time alone changes nothing.</summary>
    public static DateTimeOffset? After(RoutingPool pool, PoolState state, IReadOnlyDictionary<OwnerId, LeadOwner> owners, DateTimeOffset now)
    {
        DateTimeOffset? first = null;
        foreach (var member in pool.Members)
            if (owners.GetValueOrDefault(member.Owner) is { IsActive: true, IsQueue: false } owner)
                foreach (var moment in Of(pool, member, owner, state.Of(member.Owner), now))
                    first = first is { } known && known <= moment ? known : moment;
        return first;
    }

    private static IEnumerable<DateTimeOffset> Of(RoutingPool pool, PoolMember member, LeadOwner owner, MemberState state, DateTimeOffset now)
    {
        foreach (var absence in owner.Away.Where(absence => absence.Covers(now) && absence.Until < DateTimeOffset.MaxValue))
            yield return absence.Until;
        if (!pool.AroundTheClock && !owner.Hours.IsOpen(now))
            yield return owner.Hours.NextOpen(now);
        if (member.Cap is { } cap && state.InWindow >= cap.Count && state.WindowStart >= Eligibility.WindowStart(cap.Window, owner.Hours, now))
            yield return Eligibility.NextWindow(cap.Window, owner.Hours, now);
    }
}
