using System.Collections.Immutable;
using NodaTime;
using StackHub.Calendars;
using StackHub.Routing;
using StackHub.Routing.Picking;
using StackHub.Routing.Pools;

namespace StackHub.Tests.Routing;

/// <summary>A pool's choice beside published examples: nginx's table, LeadAngel's and Chili Piper's (facts, scenarios 21 to 30).</summary>
public sealed class PickFromPoolTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Scenario_21_five_one_one_is_smooth_and_ends_where_it_began()
    {
        var pool = Pool(PickStrategy.Weighted, ("a", 5), ("b", 1), ("c", 1));

        var picks = Picks(pool, 14).ToArray();

        Assert.Equal("aabacaaaabacaa", string.Concat(picks.Select(pick => pick.Owner)));
        // nginx's own table: the current weights after each of the seven choices.
        Assert.Equal(["-2,1,1", "-4,2,2", "1,-4,3", "-1,-3,4", "4,-2,-2", "2,-1,-1", "0,0,0"],
            picks.Take(7).Select(pick => string.Join(',', pool.Members.Select(member => pick.State.Of(member.Owner).Current))));
        Assert.All(picks, pick => Assert.Equal(0, pool.Members.Sum(member => pick.State.Of(member.Owner).Current)));
    }

    [Fact]
    public void Who_was_away_comes_back_without_a_flood()
    {
        var pool = Pool(PickStrategy.Weighted, ("a", 5), ("b", 1), ("c", 1));
        var (state, order) = Choose(pool, PoolState.Empty, Owners(away: "a"), 4);

        var (after, rest) = Choose(pool, state, Owners(), 10);

        Assert.Equal("bcbc", order);
        Assert.Equal("aabacaaaab", rest);
        Assert.Equal((1, -4, 3), (after.Of(new("a")).Current, after.Of(new("b")).Current, after.Of(new("c")).Current));
    }

    [Fact]
    public void Scenario_26_a_cap_stops_one_and_the_trace_says_so()
    {
        var pool = Pool(PickStrategy.Weighted, ("A", 1), ("B", 1));
        pool = pool with { Members = [pool.Members[0] with { Cap = new(2, CapWindow.Day) }, pool.Members[1]] };

        var picks = Picks(pool, 8).ToArray();

        Assert.Equal("ABABBBBB", string.Concat(picks.Select(pick => pick.Owner)));
        Assert.Contains(new Rejection(new("A"), "cap_reached(2/2)"), picks[3].Rejected);
        Assert.Equal("BA", Choose(pool, picks[^1].State, Owners(), 2, Now.AddDays(1)).Order);
    }

    [Fact]
    public void Both_at_their_caps_leave_nobody()
    {
        var pool = Pool(PickStrategy.Weighted, ("A", 1), ("B", 1));
        pool = pool with { Members = [.. pool.Members.Select(member => member with { OpenCap = 1 })] };

        var picks = Picks(pool, 3).ToArray();

        Assert.Equal(["A", "B", null], picks.Select(pick => pick.Owner?.Name));
        Assert.Equal("B", PickFromPool.Of(pool, picks[2].State.Closed(new("B")), Owners(), Request("next"), Now).Owner?.Name);
    }

    [Theory]
    [InlineData(ReturnPolicy.Average, 9, "Spike")]
    [InlineData(ReturnPolicy.Forgive, 8, "Joe")]
    public void Scenario_29_who_returns_gets_the_level_of_the_policy(ReturnPolicy policy, int level, string next)
    {
        var pool = Pool(PickStrategy.Load, ("Mary", 1), ("Joe", 1), ("Spike", 1)) with { Returns = policy };
        var state = Levels(("Mary", 10, false), ("Joe", 3, true), ("Spike", 8, false));

        var pick = PickFromPool.Of(pool, state, Owners(), Request("lead"), Now);

        Assert.Equal((next, level), (pick.Owner?.Name, pick.State.Of(new("Joe")).Level - (next == "Joe" ? 1 : 0)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whom_one_lead_does_not_fit_was_not_away_and_who_was_still_is(bool wasAway)
    {
        var pool = Pool(PickStrategy.Load, ("Mary", 1), ("Joe", 1)) with { Returns = ReturnPolicy.Forgive };
        var state = Levels(("Mary", 10, false), ("Joe", 3, wasAway));

        var others = PickFromPool.Of(pool, state, Owners(), Request("lead") with { Excluded = [new("Joe")] }, Now);
        var theirs = PickFromPool.Of(pool, others.State, Owners(), Request("next"), Now);

        Assert.Equal(("Mary", 3L, wasAway), (others.Owner?.Name, others.State.Of(new("Joe")).Level, others.State.Of(new("Joe")).WasAway));
        Assert.Equal(wasAway ? "Mary" : "Joe", theirs.Owner?.Name); // only who was away gets the level of the others
    }

    [Fact]
    public void Scenario_29_who_catches_up_gets_at_most_two_more_a_day()
    {
        var pool = Pool(PickStrategy.Load, ("Mary", 1), ("Joe", 1), ("Spike", 1)) with { Returns = ReturnPolicy.CatchUp, CatchUpADay = 2 };

        var (state, first) = Choose(pool, Levels(("Mary", 10, false), ("Joe", 3, true), ("Spike", 8, false)), Owners(), 5);
        var (_, second) = Choose(pool, state, Owners(), 2, Now.AddDays(1));

        Assert.Equal("JoeJoeSpikeSpikeMary", first);
        Assert.Equal("JoeJoe", second);
    }

    [Theory]
    [InlineData(PickStrategy.Weighted)]
    [InlineData(PickStrategy.Load)]
    public void Scenario_30_weights_of_200_100_100_share_60_as_30_15_15(PickStrategy strategy)
    {
        var (state, _) = Choose(Pool(strategy, ("a", 200), ("b", 100), ("c", 100)), PoolState.Empty, Owners(), 60);

        Assert.Equal((30, 15, 15), (state.Of(new("a")).Given, state.Of(new("b")).Given, state.Of(new("c")).Given));
    }

    [Fact]
    public void A_sticky_pool_keeps_a_company_and_a_leaver_moves_only_their_own()
    {
        var pool = Pool(PickStrategy.Sticky, ("a", 2), ("b", 1), ("c", 1));
        var before = Companies(pool);

        var after = Companies(pool with { Members = pool.Members.RemoveAt(2) });

        Assert.All(before.Where(pair => pair.Value != "c"), pair => Assert.Equal(pair.Value, after[pair.Key]));
        Assert.Equal(before, Companies(pool));
        Assert.InRange(before.Count(pair => pair.Value == "a"), 4_800, 5_200); // half of 10,000, within four standard deviations
        Assert.InRange(before.Count(pair => pair.Value == "c"), 2_300, 2_700);
    }

    [Fact]
    public void Skills_and_language_are_asked_for_where_the_pool_matches()
    {
        var pool = Pool(PickStrategy.Weighted, ("a", 1), ("b", 1), ("c", 1)) with { Matches = true };
        var owners = Owners().SetItem(new("b"), new(new("b")) { Languages = ["de"] }).SetItem(new("c"), new(new("c")) { Languages = ["de"], Skills = ["security"] });

        var pick = PickFromPool.Of(pool, PoolState.Empty, owners, new("lead", "acme", ["security"], "de"), Now);

        Assert.Equal("c", pick.Owner?.Name);
        Assert.Equal([new(new("a"), "language(de)"), new Rejection(new("b"), "skill(security)")], pick.Rejected);
    }

    [Fact]
    public void Who_does_not_work_now_is_not_chosen_unless_the_pool_never_sleeps()
    {
        var berlin = new BusinessCalendar(DateTimeZoneProviders.Tzdb["Europe/Berlin"], WorkingWeek.Weekdays([new(new(9, 0), new(17, 0))]), HolidayCalendar.None);
        var owners = Owners().SetItem(new("a"), new(new("a")) { Hours = berlin });
        var pool = Pool(PickStrategy.Weighted, ("a", 1));
        var evening = new DateTimeOffset(2026, 6, 10, 15, 0, 0, TimeSpan.Zero); // 17:00 in Berlin

        Assert.Equal("outside_hours", PickFromPool.Of(pool, PoolState.Empty, owners, Request("lead"), evening).Rejected.Single().Check);
        Assert.Equal("a", PickFromPool.Of(pool, PoolState.Empty, owners, Request("lead"), evening.AddMinutes(-1)).Owner?.Name);
        Assert.Equal("a", PickFromPool.Of(pool with { AroundTheClock = true }, PoolState.Empty, owners, Request("lead"), evening).Owner?.Name);
    }

    private static Dictionary<int, string> Companies(RoutingPool pool) => Enumerable.Range(0, 10_000)
        .ToDictionary(number => number, number => PickFromPool.Of(pool, PoolState.Empty, Owners(), Request($"company-{number}"), Now).Owner!.Value.Name);

    private static IEnumerable<Pick> Picks(RoutingPool pool, int count)
    {
        var state = PoolState.Empty;
        for (var number = 0; number < count; number++)
        {
            var pick = PickFromPool.Of(pool, state, Owners(), Request($"lead-{number}"), Now);
            state = pick.State;
            yield return pick;
        }
    }

    private static (PoolState State, string Order) Choose(RoutingPool pool, PoolState state, ImmutableDictionary<OwnerId, LeadOwner> owners, int count, DateTimeOffset? at = null)
    {
        var order = "";
        for (var number = 0; number < count; number++)
        {
            var pick = PickFromPool.Of(pool, state, owners, Request($"lead-{number}"), at ?? Now);
            (state, order) = (pick.State, order + pick.Owner);
        }

        return (state, order);
    }

    private static PoolState Levels(params (string Name, long Level, bool WasAway)[] members) =>
        members.Aggregate(PoolState.Empty, (state, member) => state.With(new(member.Name), new() { Level = member.Level, WasAway = member.WasAway }));

    private static RoutingPool Pool(PickStrategy strategy, params (string Name, int Weight)[] members) =>
        new("pool", strategy, [.. members.Select(member => new PoolMember(new(member.Name), member.Weight))]);

    private static ImmutableDictionary<OwnerId, LeadOwner> Owners(string? away = null) => new[] { "a", "b", "c", "A", "B", "Mary", "Joe", "Spike" }
        .ToImmutableDictionary(name => new OwnerId(name), name => new LeadOwner(new(name)) { Away = name == away ? [new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)] : [] });

    private static PickRequest Request(string key) => new(key, key, [], null);
}
