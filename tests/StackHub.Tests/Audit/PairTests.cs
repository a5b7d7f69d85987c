using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Audit.Pairs;

namespace StackHub.Tests.Audit;

public sealed class PairTests
{
    /// <summary>Not comparing all with all must lose nothing.</summary>
    [Fact]
    public void The_pairs_found_by_index_are_those_that_comparing_all_with_all_finds()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var view = new AuditView(Random(seed), AuditSettings.Default with { PairsPerTool = 1_000 });

            Assert.Equal(ByComparing(view), view.Pairs.Select(pair => (pair.First, pair.Second)).Order());
        }
    }

    [Fact]
    public void The_order_of_the_lists_changes_nothing()
    {
        var stack = Random(7) with { IntentionalPairs = [] };
        var shuffled = stack with { Tools = [.. stack.Tools.Reverse()] };

        Assert.Equal(stack.Findings().Select(finding => (finding.Id, finding.Title)).Order(), (shuffled with { Tools = [.. shuffled.Tools.OrderBy(tool => tool.Id)] }).Findings().Select(finding => (finding.Id, finding.Title)).Order());
    }

    [Fact]
    public void What_both_have_counts_less_the_more_common_it_is()
    {
        var crowd = Enumerable.Range(0, 40).Select(number => Stacks.Tool($"T{number}", "analytics", $"own{number}")).ToArray();
        var stack = Stacks.Of([.. crowd, Stacks.Tool("Chat one", "analytics", "livechat"), Stacks.Tool("Chat two", "livechat", "routing")]);

        var view = (stack with { Rarity = CapabilityRarity.Of(stack.Tools.Select(tool => tool.Activated)) }).View();

        Assert.Equal([(new ToolId("chat-one"), new ToolId("chat-two"))], view.Pairs.Select(pair => (pair.First, pair.Second)));
    }

    [Fact]
    public void Records_fields_and_events_are_measured_where_the_hub_sees_into_both()
    {
        var stack = Stacks.Of(Stacks.Tool("CRM", "crm", "email"), Stacks.Tool("Mailer", "email")) with
        {
            Records = new Dictionary<ToolId, ToolRecords>
            {
                [new("crm")] = new(Stacks.Sketch(Enumerable.Range(0, 400)), Stacks.Sketch(Enumerable.Range(0, 100))),
                [new("mailer")] = new(Stacks.Sketch(Enumerable.Range(300, 200)), Stacks.Sketch(Enumerable.Range(50, 100))),
            }.ToFrozen(),
            Fields =
            [
                new(new("crm"), "Person", "email", FieldDirection.From, 9), new(new("crm"), "Person", "phone", FieldDirection.From, 9),
                new(new("mailer"), "Person", "email", FieldDirection.From, 9), new(new("mailer"), "Person", "phone", FieldDirection.To, 9),
            ],
        };

        var pair = Assert.Single(stack.View().Pairs);

        Assert.Equal((100, 0.5), (pair.Records!.Shared, pair.Records.Containment));
        Assert.Equal((1, 1.0), (pair.Fields!.Shared, pair.Fields.Containment));
        Assert.Equal((50, 0.5), (pair.Events!.Shared, pair.Events.Containment));
        Assert.Null(pair.Users);
        Assert.Equal(((0.40 * 1) + (0.25 * 0.5) + (0.15 * 1)) / 0.80, pair.Redundancy, 6);
        Assert.Equal(0.80, pair.Measured, 6);
    }

    [Fact]
    public void Large_sets_are_compared_within_some_per_cent()
    {
        var shared = Stacks.Sketch(Enumerable.Range(0, 60_000)).Shared(Stacks.Sketch(Enumerable.Range(30_000, 60_000)));

        Assert.InRange(shared, 27_000, 33_000);
    }

    [Fact]
    public void Small_sets_are_compared_exactly() => Assert.Equal(250, Stacks.Sketch(Enumerable.Range(0, 500)).Shared(Stacks.Sketch(Enumerable.Range(250, 500))));

    [Fact]
    public void A_pair_that_is_wanted_is_no_finding_until_its_day_is_over()
    {
        var stack = Stacks.Of(Stacks.Tool("A", "crm"), Stacks.Tool("B", "crm")).With(("A", [1, 2], Stacks.Today), ("B", [1, 2], Stacks.Today));
        var wanted = stack with { IntentionalPairs = [new(new("b"), new("a"), "two legal entities", Stacks.Today)] };

        Assert.Empty(wanted.Findings("duplicate-tools"));
        Assert.Equal("two legal entities", Assert.Single(wanted.View().Pairs).Intended!.Reason);
        Assert.Single((wanted with { Today = Stacks.Today.PlusDays(1) }).Findings("duplicate-tools"));
    }

    [Fact]
    public void What_the_catalogue_alone_says_makes_no_duplicate()
    {
        var stack = Stacks.Of(Stacks.Tool("A", "crm") with { ActivatedIsAssumed = true }, Stacks.Tool("B", "crm")).With(("A", [1, 2], Stacks.Today), ("B", [1, 2], Stacks.Today));

        Assert.Equal(PairVerdict.Review, Assert.Single(stack.View().Pairs).Verdict);
    }

    [Fact]
    public void Capabilities_alone_make_no_duplicate() =>
        Assert.Equal(PairVerdict.Review, Assert.Single(Stacks.Of(Stacks.Tool("A", "crm"), Stacks.Tool("B", "crm")).View().Pairs).Verdict);

    [Fact]
    public void The_better_tool_of_a_pair_is_the_one_to_keep()
    {
        var stack = Stacks.Of(Stacks.Tool("Good", "crm") with { Seats = 10, Cost = new(1_000) }, Stacks.Tool("Idle", "crm") with { Seats = 100, Cost = new(50_000) })
            .With(("Good", Enumerable.Range(0, 10), Stacks.Today), ("Idle", Enumerable.Range(0, 8), Stacks.Today));

        var finding = Assert.Single(stack.Findings("duplicate-tools"));

        Assert.Equal("good", finding.Proves("keep"));
        Assert.Equal((50_000m, Severity.High), (finding.Saving, finding.Severity));
    }

    private static IEnumerable<(ToolId, ToolId)> ByComparing(AuditView view)
    {
        var stack = view.Stack;
        var since = stack.Today.PlusDays(-view.Settings.UnusedDays);
        double? Users(ToolId one, ToolId other) => stack.Usage.Knows(one) && stack.Usage.Knows(other)
            ? stack.Usage.ActiveUsers(one, since) is var a && stack.Usage.ActiveUsers(other, since) is var b && Math.Min(a.Length, b.Length) > 0 ? (double)a.Intersect(b).Count() / Math.Min(a.Length, b.Length) : 0
            : null;
        return from one in stack.Tools
               from other in stack.Tools
               where one.Id.CompareTo(other.Id) < 0
               let seen = stack.Records.ContainsKey(one.Id) && stack.Records.ContainsKey(other.Id)
               let capabilities = one.Activated.IsEmpty || other.Activated.IsEmpty ? null : (double?)Sets.Overlap(one.Activated, other.Activated, capability => Math.Max(0.01, stack.Rarity.Weight(capability))).Containment
               let records = seen ? (double?)((double)stack.Records[one.Id].Held.Shared(stack.Records[other.Id].Held) / Math.Max(1, Math.Min(stack.Records[one.Id].Held.Count, stack.Records[other.Id].Held.Count))) : null
               let score = RedundancyScore.Of(capabilities, records, seen ? 0 : null, Users(one.Id, other.Id))
               where RedundancyScore.Verdict(score.Redundancy, score.Measured, false, view.Settings) != PairVerdict.Distinct
               orderby one.Id, other.Id
               select (one.Id, other.Id);
    }

    private static StackInventory Random(int seed)
    {
        var random = new Random(seed);
        var tools = Enumerable.Range(0, 24).Select(number => Stacks.Tool($"tool {number:D2}", [.. Enumerable.Range(0, random.Next(6)).Select(_ => $"c{(int)(12 * Math.Pow(random.NextDouble(), 2))}").Distinct()])).ToArray();
        var stack = Stacks.Of(tools).With([.. tools.Where(_ => random.Next(4) > 0).Select(tool => (tool.Name, Enumerable.Range(random.Next(8), 1 + random.Next(8)), (NodaTime.LocalDate?)Stacks.Today.PlusDays(-random.Next(120))))]);
        return stack with
        {
            Rarity = CapabilityRarity.Of(tools.Select(tool => tool.Activated)),
            Records = tools.Where(_ => random.Next(5) == 0).ToDictionary(tool => tool.Id, _ => new ToolRecords(Stacks.Sketch(Enumerable.Range(random.Next(30), 1 + random.Next(40))), RecordSketch.Empty)).ToFrozen(),
        };
    }
}
