using System.Collections.Immutable;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Picking;

/// <summary>A pool's choice: who can be chosen, who of them is, and what the pool remembers afterwards. Pure; time is an argument.</summary>
public static class PickFromPool
{
    public static Pick Of(RoutingPool pool, PoolState state, IReadOnlyDictionary<OwnerId, LeadOwner> owners, PickRequest request, DateTimeOffset now)
    {
        var rejected = ImmutableArray.CreateBuilder<Rejection>(pool.Members.Length);
        var eligible = new List<PoolMember>(pool.Members.Length);
        HashSet<OwnerId>? unfit = null;
        foreach (var member in pool.Members)
        {
            var (owner, known) = (owners.GetValueOrDefault(member.Owner), state.Of(member.Owner));
            if (Eligibility.FirstFailed(pool, member, owner, known, request, now) is not { } failed)
            {
                eligible.Add(member);
                continue;
            }

            rejected.Add(new(member.Owner, failed));
            if (Eligibility.IsPresent(pool, member, owner, known, now))
                (unfit ??= []).Add(member.Owner);
        }

        state = pool.Strategy == PickStrategy.Load ? LeastLoad.Returned(pool, state, eligible, now) : state;
        if (eligible.Count == 0)
            return new(null, Away(pool, state, eligible, unfit), rejected.DrainToImmutable(), $"pool {pool.Name}: nobody can be chosen");
        var (chosen, next, why) = pool.Strategy switch
        {
            PickStrategy.Weighted => SmoothWeighted.Pick(eligible, state),
            PickStrategy.Load => LeastLoad.Pick(pool, eligible, state, now),
            _ => Rendezvous.Pick(eligible, state, request.Company),
        };
        rejected.AddRange(eligible.Where(member => member.Owner != chosen.Owner).Select(member => new Rejection(member.Owner, "not_their_turn")));
        return new(chosen.Owner, Away(pool, Counted(next, chosen, owners[chosen.Owner], now), eligible, unfit), rejected.DrainToImmutable(), $"pool {pool.Name}: {why}");
    }

    /// <summary>The turn of somebody who was chosen.</summary>
    internal static PoolState Counted(PoolState state, PoolMember chosen, LeadOwner owner, DateTimeOffset now)
    {
        var member = state.Of(chosen.Owner);
        if (chosen.Cap is { } cap)
        {
            var start = Eligibility.WindowStart(cap.Window, owner.Hours, now);
            member = member.WindowStart >= start ? member with { InWindow = member.InWindow + 1 } : member with { WindowStart = start, InWindow = 1 };
        }

        return state.With(chosen.Owner, member with { Given = member.Given + 1, Level = member.Level + 1, Open = member.Open + 1 });
    }

    /// <param name="eligible">In the order of the pool.</param>
    /// <param name="unfit">Who is there, but not for this lead: it says nothing of their absence.</param>
    private static PoolState Away(RoutingPool pool, PoolState state, List<PoolMember> eligible, HashSet<OwnerId>? unfit)
    {
        MemberDictionary.Change? change = null;
        var next = 0;
        foreach (var member in pool.Members)
        {
            var isAway = next == eligible.Count || !ReferenceEquals(eligible[next], member);
            next += isAway ? 0 : 1;
            if (unfit?.Contains(member.Owner) != true && state.Of(member.Owner) is var known && known.WasAway != isAway)
                (change ??= state.Members.Changing())[member.Owner] = known with { WasAway = isAway };
        }

        return change is null ? state : state with { Members = change.Done() };
    }
}
