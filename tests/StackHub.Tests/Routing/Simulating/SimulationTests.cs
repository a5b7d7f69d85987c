using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using StackHub.Calendars;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Ledger;
using StackHub.Routing.Pools;
using StackHub.Routing.Simulating;
using StackHub.Rules;

namespace StackHub.Tests.Routing.Simulating;

public sealed class SimulationTests
{
    private static readonly RuleFields Fields = new([new("country", RuleType.Text), new("size", RuleType.Number)]);

    /// <summary>A Wednesday.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = Noon.AddDays(2);

    [Fact]
    public void Scenario_24_other_weights_move_leads_and_the_pool_is_as_even_as_the_weights_say()
    {
        var present = Plan(Pool("pool", ("a", 5), ("b", 1), ("c", 1)));
        var candidate = Plan(Pool("pool", ("a", 1), ("b", 1), ("c", 1)));

        var result = Simulate(present, candidate, Recorded(present, 70));

        Assert.Equal([("a", 50), ("b", 10), ("c", 10)], Shares(result.Pools.Single().Before!));
        Assert.Equal([("a", 24), ("b", 23), ("c", 23)], Shares(result.Pools.Single().After!));
        Assert.Equal((1.0, 0.0), (result.Pools.Single().Before!.Jain, result.Pools.Single().Before!.MaxDeviation));
        Assert.Equal((0.9996, 0.67), (result.Pools.Single().After!.Jain, result.Pools.Single().After!.MaxDeviation)); // 70² / (3 × 1634), 24 - 70/3
        Assert.Equal((70, 70, 0), (result.Routings, result.Reproduced, result.Unreplayable));
        Assert.Equal<CountChange>([new("a", 50, 24), new("b", 10, 23), new("c", 10, 23)], result.Owners);
    }

    [Fact]
    public void Scenario_30_weights_of_200_100_and_100_give_30_15_and_15()
    {
        var present = Plan(Pool("pool", ("a", 200), ("b", 100), ("c", 100)));

        var result = Simulate(present, present, Recorded(present, 60));

        Assert.Equal([("a", 30), ("b", 15), ("c", 15)], Shares(result.Pools.Single().After!));
        Assert.Equal((1.0, 0.0, 0), (result.Pools.Single().After!.Jain, result.Pools.Single().After!.MaxDeviation, result.Moves.Count));
    }

    [Fact]
    public void Scenario_26_a_cap_of_two_a_day_gives_the_rest_to_the_other_one()
    {
        var present = Plan(Pool("pool", ("a", 1), ("b", 1)));
        var capped = Plan(new RoutingPool("pool", PickStrategy.Weighted, [new(new("a"), 1) { Cap = new(2, CapWindow.Day) }, new(new("b"), 1)]));

        var result = Simulate(present, capped, Recorded(present, 5));

        var move = Assert.Single(result.Moves); // a b a b a becomes a b a b b
        Assert.Equal((Lead(4), new OwnerId("a"), new OwnerId("b"), "rule fallback, pool pool: their turn at weight 1 of 1"), (move.Lead, move.From, move.To, move.Why));
        Assert.Equal([("a", 2), ("b", 3)], Shares(result.Pools.Single().After!));
        Assert.Equal((0.9615, 0.5), (result.Pools.Single().After!.Jain, result.Pools.Single().After!.MaxDeviation)); // 25 / 26
    }

    [Fact]
    public void A_rule_that_takes_a_part_of_the_leads_moves_them_and_says_which_rule_it_is()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var candidate = new RoutingPlan("v2", Fields, present.Owners.Values, [Pool("pool", ("a", 1)), Pool("german", ("b", 1))], [new("germans", new Condition.Test("country", RuleOperator.Is, ["DE"]), new Destination.ToPool("german"))]) { Fallback = present.Fallback };

        var result = Simulate(present, candidate, Recorded(present, 4, number => number % 2 == 0 ? "DE" : "US"));

        Assert.Equal([(Lead(0), "a", "b", "fallback", "germans"), (Lead(2), "a", "b", "fallback", "germans")], result.Moves.Select(move => (move.Lead, move.From?.Name!, move.To?.Name!, move.Step.Before!, move.Step.After!)));
        Assert.Equal<CountChange>([new("fallback", 4, 2), new("germans", 0, 2)], result.Steps);
        Assert.Equal([("german", null, 2), ("pool", 4, 2)], result.Pools.Select(pool => (pool.Pool, pool.Before?.Given, pool.After?.Given)));
        Assert.Equal(("v1", "v2"), (result.Present, result.Candidate));
    }

    [Fact]
    public void Who_nobody_takes_waits_until_somebody_is_there()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var office = Plan(present.Pools["pool"], Berlin("a"));
        var recorded = Recorded(present, 3, at: number => Noon.AddMinutes(170 + (5 * number))); // the office closes at 15:00Z

        var result = Simulate(present, office, recorded);

        Assert.Equal((new Change<int>(0, 0), new Change<int>(0, 1)), (result.Held, result.Waited));
        Assert.Empty(result.Moves); // a has it in the end
    }

    [Fact]
    public void Scenario_28_who_waits_is_released_oldest_first_within_the_cap()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var capped = Plan(new RoutingPool("pool", PickStrategy.Weighted, [new(new("a"), 1) { Cap = new(2, CapWindow.Day) }]));

        var result = Simulate(present, capped, Recorded(present, 7)); // two on each of three days

        Assert.Equal(new Change<int>(0, 1), result.Held);
        Assert.Equal(new Change<int>(0, 5), result.Waited);
        var move = Assert.Single(result.Moves);
        Assert.Equal((Lead(6), new OwnerId("a"), null, new Change<bool>(false, true)), (move.Lead, move.From, move.To, move.IsHeld));
    }

    [Fact]
    public void Leads_of_before_the_window_fill_the_pools_under_the_rules_in_force()
    {
        var present = Plan(Pool("pool", ("a", 1), ("b", 1)));
        var recorded = Recorded(present, 2);

        var warm = Simulation.Of(new(recorded, present, Plan(Pool("pool", ("b", 1), ("a", 1))), Noon, Noon.AddMinutes(1), Until));
        var cold = Simulation.Of(new(recorded[1..], present, Plan(Pool("pool", ("b", 1), ("a", 1))), Noon.AddMinutes(1), Noon.AddMinutes(1), Until));

        Assert.Equal((1, 0), (warm.Routings, warm.Moves.Count)); // a had the first one, so b is next in any order
        Assert.Equal((1, 1), (cold.Routings, cold.Moves.Count));
        Assert.Equal((1, 0), (warm.Reproduced, cold.Reproduced));
        Assert.Equal(new OwnerId("b"), cold.Moves[0].Actual);
    }

    [Fact]
    public void Who_let_a_lead_lie_is_whoever_has_it_in_the_replay()
    {
        var present = Plan(Pool("pool", ("a", 1), ("b", 1), ("c", 1)));
        var recorded = Recorded(present, 1);
        RecordedRouting[] again =
        [
            recorded[0] with { State = LedgerState.Released, EndedAt = Noon.AddHours(1) },
            recorded[0] with { Attempt = 2, At = Noon.AddHours(1), DecidedAt = Noon.AddHours(1), Owner = new("b"), Excluded = [new("a")] },
        ];

        var result = Simulate(present, Plan(Pool("pool", ("c", 1), ("a", 1), ("b", 1))), again);

        Assert.Equal([(1, "a", "c"), (2, "b", "a")], result.Moves.Select(move => (move.Attempt, move.From?.Name!, move.To?.Name!)));
    }

    [Fact]
    public void Who_is_no_lead_to_the_candidate_or_may_not_be_written_to_is_nobodys()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var candidate = new RoutingPlan("v2", Fields, present.Owners.Values, present.Pools.Values, [])
        {
            Fallback = present.Fallback,
            Scope = new(Fields, new Condition.Test("country", RuleOperator.IsNot, ["FR"]), null, new Condition.Test("country", RuleOperator.Is, ["DE"]), null),
        };

        var result = Simulate(present, candidate, Recorded(present, 3, number => number switch { 0 => "US", 1 => "FR", _ => "DE" }));

        Assert.Equal(new Change<int>(0, 2), result.Nobodys);
        Assert.Equal(["no lead to these rules", "not routed: no_consent"], result.Moves.Select(move => move.Why));
    }

    [Fact]
    public void A_named_account_of_the_candidate_is_found_by_the_companys_domain()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var candidate = new RoutingPlan("v2", Fields, present.Owners.Values, present.Pools.Values, [])
        {
            Fallback = present.Fallback,
            Scope = new(Fields, null, null, null, null) { NamedAccounts = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("company-1.com", new OwnerId("c"))]) },
        };

        var move = Assert.Single(Simulate(present, candidate, Recorded(present, 3)).Moves);

        Assert.Equal((Lead(1), "c", "named-account"), (move.Lead, move.To?.Name, move.Step.After));
    }

    [Fact]
    public void Scenario_35_the_first_touch_is_due_by_the_hours_of_whoever_has_the_lead()
    {
        var came = new DateTimeOffset(2026, 3, 27, 15, 30, 0, TimeSpan.Zero); // Friday 16:30 in Berlin
        var present = Plan(Pool("pool", ("a", 1)));
        var candidate = Plan(new RoutingPool("pool", PickStrategy.Weighted, [new(new("b"), 1)]), Berlin("b"));
        var recorded = Recorded(present, 1, at: _ => came).Select(routing => routing with { TouchedAt = came.AddHours(5) }).ToArray();

        var result = Simulation.Of(new(recorded, present, candidate, came, came, came.AddDays(7)) { Promise = new(ServiceTerm.Hours(4), BusinessCalendar.Always, null) });

        Assert.Equal(new Change<DateTimeOffset?>(came.AddHours(4), new DateTimeOffset(2026, 3, 30, 10, 30, 0, TimeSpan.Zero)), result.Moves.Single().DueAt);
        Assert.Equal(new TouchCounts(0, 1, 0, TimeSpan.FromHours(4)), result.Touches!.Value.Before); // five hours after it came is too late for somebody who always works
        Assert.Equal(new TouchCounts(0, 1, 0, new TimeSpan(2, 19, 0, 0)), result.Touches.Value.After); // five working hours are too late here, too
    }

    [Fact]
    public void A_lead_that_nobody_has_when_the_touch_is_due_is_a_breach_and_one_that_is_not_due_runs()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var away = Plan(present.Pools["pool"], new LeadOwner(new("a")) { Away = [new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)] });
        var recorded = Recorded(present, 3, at: number => number < 2 ? Noon.AddHours(number) : Until.AddHours(-1)).Select(routing => routing with { TouchedAt = routing.At.AddMinutes(30) }).ToArray();

        var result = Simulation.Of(new(recorded, present, away, Noon, Noon, Until) { Promise = new(ServiceTerm.Hours(4), BusinessCalendar.Always, null) });

        Assert.Equal((new TouchCounts(3, 0, 0, TimeSpan.FromHours(4)), new TouchCounts(0, 2, 1, TimeSpan.FromHours(4))), (result.Touches!.Value.Before, result.Touches.Value.After));
    }

    [Fact]
    public void A_field_that_nobody_asked_about_then_is_taken_as_it_is_now_and_said_to_be()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var candidate = new RoutingPlan("v2", Fields, present.Owners.Values, present.Pools.Values, [new("big", new Condition.Test("size", RuleOperator.AtLeast, ["100"]), new Destination.ToOwner(new("c")))]) { Fallback = present.Fallback };
        var recorded = Recorded(present, 2).Select((routing, place) => routing with { Present = ImmutableSortedDictionary<string, string?>.Empty.Add("size", place == 0 ? "500" : "5") }).ToArray();

        var result = Simulate(present, candidate, recorded);

        Assert.Equal([new AssumedField("size", 2)], result.Assumed);
        Assert.Equal([(Lead(0), "c")], result.Moves.Select(move => (move.Lead, move.To!.Value.Name)));
    }

    [Fact]
    public void A_lead_that_moved_between_pools_while_it_waited_came_once()
    {
        var present = Plan(Pool("pool", ("a", 1)));
        var one = Recorded(present, 1)[0];
        RecordedRouting[] moved = [one with { State = LedgerState.Moved, Owner = null, Pool = null }, one with { Attempt = 2, At = Noon.AddHours(3), DecidedAt = Noon.AddHours(3) }];

        Assert.Equal([(2, Noon)], RecordedRoutings.Joined(moved).Select(routing => (routing.Attempt, routing.At)));
    }

    [Fact]
    public void Scenario_64_a_thousand_recorded_leads_are_simulated_alike_in_every_culture()
    {
        var here = CultureInfo.CurrentCulture;
        var present = Plan(Pool("pool", ("a", 5), ("b", 1), ("c", 1)));
        var candidate = new RoutingPlan("v2", Fields, present.Owners.Values, [.. present.Pools.Values, Pool("rest", ("b", 2), ("c", 3)) with { Strategy = PickStrategy.Sticky }], [new("ızmir", new Condition.Test("country", RuleOperator.In, ["TI", "ti"]), new Destination.ToPool("rest"))]) { Fallback = present.Fallback };
        var recorded = Recorded(present, 1_000, number => number % 3 == 0 ? "ti" : number % 3 == 1 ? "TI" : "US");
        var before = Json();
        try
        {
            var other = (CultureInfo)here.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "~");
            (other.DateTimeFormat.ShortDatePattern, other.DateTimeFormat.DateSeparator, other.DateTimeFormat.TimeSeparator) = ("dd/MM/yyyy", ".", "_");
            CultureInfo.CurrentCulture = other;
            Assert.Equal(before, Json());
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }

        string Json() => JsonSerializer.Serialize(Simulation.Of(new(recorded, present, candidate, Noon, Noon, Until.AddDays(20))));
    }

    private static SimulationResult Simulate(RoutingPlan present, RoutingPlan candidate, IReadOnlyList<RecordedRouting> recorded) => Simulation.Of(new(recorded, present, candidate, Noon, Noon, Until));

    private static (string, int)[] Shares(PoolFairness pool) => [.. pool.Members.Select(member => (member.Owner.Name, member.Given))];

    private static RecordId Lead(int number) => new(new Guid(number, 1, 0, new byte[8]));

    /// <summary>A lead a minute, as the plan gave them.</summary>
    private static RecordedRouting[] Recorded(RoutingPlan plan, int leads, Func<int, string>? country = null, Func<int, DateTimeOffset>? at = null)
    {
        var (routings, state) = (new List<RecordedRouting>(), PoolState.Empty);
        for (var number = 0; number < leads; number++)
        {
            var came = at?.Invoke(number) ?? Noon.AddMinutes(number);
            var lead = new LeadCase(Lead(number), Facts.Read(Fields, field => field == "country" ? country?.Invoke(number) : null)) { Company = $"company-{number}", Domain = $"company-{number}.com" };
            var routed = RouteLead.Decide(lead, plan, state, came);
            state = routed.State!;
            var inputs = RoutingInputs.Of(lead, plan, came);
            routings.Add(RecordedRouting.Of(new(LedgerEntry.Of(lead, routed), country is null ? inputs : inputs with { Facts = inputs.Facts.SetItem("country", country(number)) })));
        }

        return [.. routings];
    }

    private static LeadOwner Berlin(string name) => new(new(name)) { Hours = new(DateTimeZoneProviders.Tzdb["Europe/Berlin"], WorkingWeek.Weekdays([new(new(9, 0), new(17, 0))]), HolidayCalendar.None) };

    private static RoutingPool Pool(string name, params (string Owner, int Weight)[] members) => new(name, PickStrategy.Weighted, [.. members.Select(member => new PoolMember(new(member.Owner), member.Weight))]);

    private static RoutingPlan Plan(RoutingPool pool, params LeadOwner[] owners) =>
        new("v1", Fields, [.. owners, .. new[] { "a", "b", "c" }.Where(name => owners.All(owner => owner.Id.Name != name)).Select(name => new LeadOwner(new(name)))], [pool], []) { Fallback = new Destination.ToPool(pool.Name) };
}
