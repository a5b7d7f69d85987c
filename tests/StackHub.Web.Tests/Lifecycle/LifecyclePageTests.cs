using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Lifecycle.Reports;
using StackHub.Lifecycle.Service;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Lifecycle;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Tests.Lifecycle;

public sealed class LifecyclePageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly RecordId Id = RecordId.Parse("0123456789abcdef0123456789abcdef");

    [Fact]
    public async Task The_board_shows_people_promises_conversion_leaks_agreement_and_what_is_to_mend()
    {
        var report = LifecycleReports.Of(new("v", LifecycleMachine.Default, []), [Head()], Noon.AddDays(-90), TimeSpan.FromDays(90), Noon) with { Agreement = [new(new("hubspot"), Noon, 4, 3, 1)], Broken = [new(Id, "mql", "mql", Noon.AddDays(-2)), new(Id, "sal", "sal, 3 of 6 attempts", Noon.AddDays(-1))] };

        var html = await MainAsync(LifecycleModel.Of(LifecycleReportView.Of(report), [new("unmapped_stage", "sfdc", "123456", 2), new("unmapped_option", "hubspot", "lifecyclestage: 77", 0)], [new("o1", Id, "new", 1, "disqualified", "inquiry", "Proposed", new("key:ann", "founded a company", Noon)) { Before = [] }]) with
        {
            Names = new Dictionary<RecordId, RecordName> { [Id] = new(Id, RecordKind.Person, "Ada Lovelace") },
            People = new Dictionary<string, string> { ["key:ann"] = "Ann, by key" },
        });

        foreach (var shown in new[] { "75.0 %", "immature", "disqualified: student", "Unmapped stage", "123456", "2 records", "How many ever entered each stage", "Unmapped option", "an option of the tool", "founded a company", "lifecycle/overrides/o1", "Wait for too long", "the next step from MQL", "SAL, 3 of 6 attempts", "Let Ada Lovelace begin anew", "proposed by Ann, by key" })
            Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_lifecycle_it_says_how_to_have_one() => Assert.Contains("Add <code>lifecycle:</code>", await MainAsync(LifecycleModel.None), StringComparison.Ordinal);

    [Fact]
    public void A_persons_view_tells_who_said_each_stage_and_what_was_not_followed()
    {
        var said = new LifecycleEvent("e", Id, "inquiry", "map", Noon, Noon) { Source = "mkto" };

        var view = PersonLifecycleView.Of(new(Id, Head(), [said]));

        Assert.Equal(("disqualified", "inquiry", "broken"), (view.Stage, view.HighWater, Assert.Single(view.Clocks).State));
        Assert.Equal(["mkto", ""], view.Journeys[0].Cycles[0].Entries.Select(entry => entry.Source));
        Assert.Equal("authority_denied", Assert.Single(view.Journeys[0].Proposals).Reason);
    }

    private static JourneyHead Head()
    {
        var cycle = new Cycle(1, false, [new("inquiry", Noon.AddDays(-3), false, "e", null) { LeftAt = Noon.AddDays(-1) }, new("disqualified", Noon.AddDays(-1), false, "f", null) { Reason = "student" }]);
        return new(1, "d", [new(Motion.New, [cycle], [new("g", "customer", "map", Noon, "authority_denied")], "inquiry")], new("disqualified", "inquiry", Noon, null, false), ImmutableSortedDictionary<string, string?>.Empty, Noon)
        {
            Clocks = [new SlaClock("k", Noon.AddDays(-3), Noon.AddDays(-2), "Etc/UTC") { Stage = "inquiry", BreachedAt = Noon.AddDays(-2) }],
        };
    }

    private static async Task<string> MainAsync(LifecycleModel model)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        return await PageHtml.RenderAsync(services, typeof(LifecyclePage), "Lifecycle", model, new("../", "lifecycle", new Caller("key:1", [Role.Viewer]), "proof", null, Noon.AddMinutes(5)));
    }
}
