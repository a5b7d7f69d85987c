using StackHub.Audit.Inventory;
using StackHub.Audit.Planning;
using StackHub.Audit.Reading;

namespace StackHub.Tests.Audit;

public sealed class PlanningTests
{
    private static readonly Tool Crm = Stacks.Tool("CRM", "crm", "email") with { Seats = 30, Cost = new(null, 100), Systems = ["crm"] };
    private static readonly Tool Mailer = Stacks.Tool("Mailer", "email", "sms") with { Seats = 20, Cost = new(18_000), Systems = ["mailer"] };

    [Fact]
    public void Dropping_a_tool_is_told_with_what_it_saves_and_what_it_breaks()
    {
        var stack = Stacks.Of(Crm, Mailer).With(("CRM", Enumerable.Range(0, 25), Stacks.Today), ("Mailer", Enumerable.Range(20, 15), Stacks.Today)) with
        {
            Assets =
            [
                new(Crm.Id, AssetKind.Flow, "crm/contacts") { Feeds = ["mailer", "desk"] },
                new(Crm.Id, AssetKind.Flow, "crm/lists") { Feeds = ["mailer"] },
                new(Mailer.Id, AssetKind.Flow, "mailer/profiles") { Feeds = ["crm"] },
                new(Mailer.Id, AssetKind.Credential, "mailer"),
            ],
            Fields = [new(Mailer.Id, "Person", "emailOptOut", FieldDirection.From, 9), new(Mailer.Id, "Person", "email", FieldDirection.From, 9), new(Crm.Id, "Person", "email", FieldDirection.From, 9)],
            Records = new Dictionary<ToolId, ToolRecords> { [Crm.Id] = new(Stacks.Sketch(Enumerable.Range(0, 300)), RecordSketch.Empty), [Mailer.Id] = new(Stacks.Sketch(Enumerable.Range(200, 150)), RecordSketch.Empty) }.ToFrozen(),
        };

        var what = Consolidation.Of(stack.View(), keep: Crm, drop: Mailer);

        Assert.Equal((10, 5), (what.PeopleToMove, what.MoreSeats));
        Assert.Equal((18_000m, 6_000m, 12_000m), (what.Cost, what.MoreSeatsCost, what.Saving));
        Assert.Equal(["crm/lists", "mailer/profiles"], what.BreakingFlows);
        Assert.Equal(["crm/contacts"], what.FlowsWithLess);
        Assert.Equal(["Person.emailOptOut"], what.FieldsWithoutSource);
        Assert.Equal(50, what.RecordsOnlyDropHas);
        Assert.Equal(["sms"], what.CapabilitiesLost);
    }

    [Fact]
    public void What_is_not_known_stays_so()
    {
        var what = Consolidation.Of(Stacks.Of(Crm, Mailer with { Cost = null }).View(), Crm, Mailer with { Cost = null });

        Assert.Equal((null, null, null), (what.Saving, what.PeopleToMove, what.RecordsOnlyDropHas));
    }

    [Fact]
    public void A_wanted_tool_is_compared_with_the_stack()
    {
        var view = Stacks.Of(Crm, Mailer).With(("Mailer", Enumerable.Range(0, 15), Stacks.Today)).View();
        var (candidate, problems) = CandidateReader.Read("{ tool: Pigeon, capabilities: [email, sms, push], seats: 5, seatPrice: 20 }", "tool.yaml", new PlainNames(), Stacks.Today);

        var selection = Selection.Of(view, candidate!);

        Assert.Empty(problems);
        Assert.Equal(1_200m, candidate!.YearlyCost);
        Assert.Equal(0.667, selection.Covered, 3);
        Assert.Equal(["push"], selection.OnlyHere);
        Assert.Equal([(Mailer.Id, 1.0, 5), (Crm.Id, 0.5, null)], selection.Rivals.Select(rival => (rival.Tool, rival.Overlap.Containment, rival.FreeSeats)));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("tool: Pigeon", "capabilities")]
    [InlineData("{ tool: Pigeon, capabilities: [email], seat: 3 }", "seat")]
    public void A_candidates_file_is_refused_with_its_problems(string text, string problem) =>
        Assert.Contains(problem, Assert.Single(CandidateReader.Read(text, "tool.yaml", new PlainNames(), Stacks.Today).Problems).ToString(), StringComparison.Ordinal);
}
