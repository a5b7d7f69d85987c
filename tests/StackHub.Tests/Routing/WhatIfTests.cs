using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Flow;
using StackHub.Routing.Pools;
using StackHub.Routing.Previews;
using StackHub.Rules;

namespace StackHub.Tests.Routing;

/// <summary>What would have to change for a rep or a pool to get a lead: the smallest change first.</summary>
public sealed class WhatIfTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly RuleFields Fields = new([new("country", RuleType.Text), new("size", RuleType.Number), new("products", RuleType.Set)]);
    private static readonly Condition Us = new Condition.Test("country", RuleOperator.Is, ["US"]);
    private static readonly Condition Big = new Condition.Test("size", RuleOperator.AtLeast, ["1000"]);
    private static readonly LeadStanding Free = new(IsRoutable: true, IsClosed: false, IsSuppressed: false, null, OwnerIsQueue: false, null);

    [Fact]
    public void A_pool_gets_it_by_the_rule_that_asks_for_the_fewest_changes()
    {
        var plan = Plan(new("both", new Condition.All([Us, Big]), To("emea")), new("one", Us, To("emea")), new("rest", Condition.Always, To("apac")));

        var preview = Ask(plan, "pool emea");

        Assert.Equal(["one: country is US"], Said(preview.Least!));
        Assert.Equal(["both: country is US", "both: size atLeast 1000"], Said(preview.Ways[1]));
        Assert.Equal(2, preview.Ways.Length);
    }

    [Fact]
    public void A_rule_before_it_that_fits_has_to_fail_first()
    {
        var plan = Plan(new("small", new Condition.Test("size", RuleOperator.Below, ["100"]), To("apac")), new("us", Us, To("emea")));

        Assert.Equal(["small: not: size below 100", "us: country is US"], Said(Ask(plan, "pool emea").Least!));
    }

    [Fact]
    public void Of_any_of_several_the_least_is_named_and_none_of_asks_for_the_opposite()
    {
        var any = new Condition.Any([new Condition.All([Us, Big]), new Condition.Test("products", RuleOperator.Has, ["Crm"])]);
        var none = new Condition.None([new Condition.Test("country", RuleOperator.Is, ["DE"])]);

        Assert.Equal(["r: products has Crm"], Said(Ask(Plan(new RoutingRule("r", any, To("emea"))), "pool emea").Least!));
        Assert.Equal(["r: not: country is DE"], Said(Ask(Plan(new RoutingRule("r", none, To("emea"))), "pool emea").Least!));
    }

    [Fact]
    public void A_rule_behind_one_that_takes_everybody_is_no_way()
    {
        var plan = Plan(new("all", Condition.Always, To("apac")), new("us", Us, To("emea")));

        Assert.Null(Ask(plan, "pool emea").Least);
        Assert.Null(Ask(plan, "owner ann").Least);
    }

    [Fact]
    public void What_one_rule_wants_and_an_earlier_one_must_not_have_is_no_way() =>
        Assert.Null(Ask(Plan(new("first", new Condition.None([Us]), To("apac")), new("second", new Condition.None([Us]), To("emea"))), "pool emea").Least);

    [Fact]
    public void Every_claim_before_the_rules_stands_in_the_way_and_so_does_consent()
    {
        var lead = Lead() with { Suppression = "no_consent", OpenOpportunityOwner = new("zoe"), AccountOwner = new("ann") };

        var way = Ask(Plan(new RoutingRule("de", new Condition.Test("country", RuleOperator.Is, ["DE"]), To("emea"))), "owner ann", lead).Least!;

        Assert.Equal(["suppression: no_consent would have to be lifted", "open-opportunity: it is zoe's, and would have to be nobody's"], Said(way));
    }

    [Fact]
    public void Who_is_no_lead_or_somebodys_would_have_to_be_nobodys_lead()
    {
        var plan = new RoutingPlan("v1", Fields, [new(new("ann")), new(new("zoe"))], [Pool("emea", "ann")], [new("all", Condition.Always, To("emea"))])
        {
            Scope = new(Fields, Us, new Condition.Test("country", RuleOperator.Is, ["DE"]), null, null),
        };

        var way = WhatIf.Of(Lead(), Free with { IsRoutable = false, IsClosed = true, Owner = "zoe" }, plan, new Dictionary<string, PoolState>(), Target("owner ann"), Now).Least!;

        Assert.Equal(["lead: country is US", "lead: not: country is DE", "owner: somebody owns them: it would have to be given back, or moved by hand"], Said(way));
    }

    [Fact]
    public void Everything_that_keeps_a_rep_from_being_chosen_is_named_and_not_the_first_only()
    {
        var pool = new RoutingPool("emea", PickStrategy.Weighted, [new(new("ann"), 1) { Cap = new(1, CapWindow.Day), OpenCap = 1 }]) { Matches = true };
        var plan = new RoutingPlan("v1", Fields, [new(new("ann")) { Away = [new(Now.AddDays(-1), Now.AddDays(1))], Languages = ["en"] }], [pool], [new("all", Condition.Always, To("emea"))]);
        var full = PoolState.Empty.With(new("ann"), new() { Given = 1, Open = 1, InWindow = 1, WindowStart = Now.Date });

        var way = WhatIf.Of(Lead() with { Language = "de" }, Free, plan, new Dictionary<string, PoolState> { ["emea"] = full }, Target("owner ann"), Now).Least!;

        Assert.Equal(["ann: away", "ann: language(de)", "ann: open_cap_reached(1/1)", "ann: cap_reached(1/1)"], Said(way));
    }

    [Fact]
    public void Whose_turn_it_is_not_is_told_how_many_come_before()
    {
        var plan = new RoutingPlan("v1", Fields, [new(new("a")), new(new("b")), new(new("c"))], [new("emea", PickStrategy.Weighted, [new(new("a"), 5), new(new("b"), 1), new(new("c"), 1)])], [new("all", Condition.Always, To("emea"))]);

        var (a, b, c) = (Ask(plan, "owner a"), Ask(plan, "owner b"), Ask(plan, "owner c"));

        Assert.Empty(a.Least!.Changes); // a a b a c a a
        Assert.Equal(["b: not their turn: 2 leads like this come before"], Said(b.Least!));
        Assert.Equal(["c: not their turn: 4 leads like this come before"], Said(c.Least!));
    }

    [Fact]
    public void What_is_said_to_change_does_change_it()
    {
        var plan = Plan(new("small", new Condition.Test("size", RuleOperator.Below, ["100"]), To("apac")), new("us", Us, To("emea")));
        Assert.Equal(2, Ask(plan, "owner ann").Least!.Changes.Length);

        var changed = Lead() with { Facts = Facts.Read(Fields, name => name switch { "country" => "US", "size" => "500", _ => null }) };

        Assert.Equal("ann", Assert.IsType<RoutingDecision.Assigned>(RouteLead.Decide(changed, plan, PoolState.Empty, Now).Decision).Owner.Name);
        Assert.Empty(Ask(plan, "owner ann", changed).Least!.Changes);
    }

    [Fact]
    public void Whatever_the_rules_every_way_that_is_named_is_one() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        RoutingRule[] rules = [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => new RoutingRule($"r{i}", Some(random, 2), To(random.Next(2) == 0 ? "emea" : "apac")))];
        var (plan, lead) = (Plan(rules), Lead());
        Condition.Test[] tests = [.. rules.SelectMany(rule => rule.When.Tests())];
        foreach (var way in Ask(plan, "pool emea", lead).Ways)
        {
            var changes = way.Changes.Select(change => tests.SelectMany(test => (RemedyTest[])[new(test, true), new(test, false)]).First(test => test.ToString() == change.What));
            var changed = lead with { Facts = Remedy.Applied(lead.Facts, Fields, changes, rules.Take(int.Parse(way.By.AsSpan(1), CultureInfo.InvariantCulture) + 1).SelectMany(rule => rule.When.Tests()))! };
            Assert.Equal(way.By, RouteLead.Decide(changed, plan, PoolState.Empty, Now).Trace.Steps[^1].Name);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void What_two_rules_ask_of_one_field_is_met_by_one_value_or_is_no_way()
    {
        Condition above = new Condition.Test("size", RuleOperator.Above, ["100"]), below = new Condition.Test("size", RuleOperator.Below, ["101"]);
        var between = Plan(new("between", new Condition.All([above, below]), To("emea")), new("all", Condition.Always, To("apac")));
        var never = Plan(new("never", new Condition.All([above, new Condition.Test("size", RuleOperator.Below, ["90"])]), To("emea")), new("all", Condition.Always, To("apac")));
        var lead = Lead() with { Facts = Facts.Read(Fields, name => name == "size" ? "200" : null) };

        Assert.Equal(["between: size below 101"], Said(Ask(between, "pool emea", lead).Least!));
        Assert.Null(Ask(never, "pool emea", lead).Least);
    }

    private static Condition Some(Random random, int depth) => random.Next(depth > 0 ? 6 : 3) switch
    {
        0 => new Condition.Test("country", random.Next(2) == 0 ? RuleOperator.Is : RuleOperator.IsNot, [random.Next(2) == 0 ? "US" : "DE"]),
        1 => new Condition.Test("size", random.Next(2) == 0 ? RuleOperator.AtLeast : RuleOperator.Below, [random.Next(2) == 0 ? "100" : "1000"]),
        2 => new Condition.Test("products", random.Next(2) == 0 ? RuleOperator.Has : RuleOperator.HasNot, ["Crm"]),
        3 => new Condition.All([Some(random, depth - 1), Some(random, depth - 1)]),
        4 => new Condition.Any([Some(random, depth - 1), Some(random, depth - 1)]),
        _ => new Condition.None([Some(random, depth - 1)]),
    };

    [Fact]
    public void No_value_of_the_person_is_in_it() =>
        Assert.DoesNotContain("Ruritania", string.Join(' ', Ask(Plan(new RoutingRule("us", Us, To("emea"))), "owner ann", Lead() with { Facts = Facts.Read(Fields, _ => "Ruritania") }).Ways.SelectMany(Said)), StringComparison.Ordinal);

    private static WhatIf Ask(RoutingPlan plan, string target, LeadCase? lead = null) => WhatIf.Of(lead ?? Lead(), Free, plan, new Dictionary<string, PoolState>(), Target(target), Now);

    private static WhatIfTarget Target(string text) => WhatIfTarget.Parse(text)!.Value;

    private static string[] Said(WhatIfWay way) => [.. way.Changes.Select(change => $"{change.Name}: {change.What}")];

    private static LeadCase Lead() => new(RecordId.Parse("0198c0de000070008000000000000001"), Facts.Read(Fields, name => name switch { "country" => "DE", "size" => "50", _ => null })) { Company = "acme" };

    private static Destination.ToPool To(string pool) => new(pool);

    private static RoutingPool Pool(string name, params string[] members) => new(name, PickStrategy.Weighted, [.. members.Select(member => new PoolMember(new(member), 1))]);

    private static RoutingPlan Plan(params RoutingRule[] rules) => new("v1", Fields, [new(new("ann")), new(new("bea")), new(new("zoe"))], [Pool("emea", "ann"), Pool("apac", "bea")], rules);
}
