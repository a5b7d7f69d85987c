using System.Net;
using StackHub.Lifecycle;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Lifecycle;

/// <summary>One person proposes on a page or by the API, another one decides.</summary>
public sealed class OverrideWebTests
{
    [Fact]
    public async Task An_operator_proposes_and_an_approver_approves()
    {
        await using var hub = await StartAsync();
        var person = await RuledOutAsync(hub);

        var proposed = await WebHub.JsonOf(await hub.PostAsync($"api/records/{person}/lifecycle/override", Role.Operator, new { reason = "founded a company" }));
        var id = proposed.GetProperty("id").GetString();
        var listed = (await hub.JsonAsync("api/lifecycle/overrides")).GetProperty("items").EnumerateArray().Single();
        var approved = await WebHub.JsonOf(await hub.PostAsync($"api/lifecycle/overrides/{id}/approve", Role.Approver, new { reason = "seen in the register" }));
        var journey = (await hub.JsonAsync($"api/records/{person}/lifecycle")).GetProperty("journeys").EnumerateArray().Single();

        Assert.Equal(("disqualified", "inquiry", "Proposed"), (listed.GetProperty("from").GetString(), listed.GetProperty("to").GetString(), listed.GetProperty("state").GetString()));
        Assert.Equal(("founded a company", "seen in the register"), (approved.GetProperty("proposed").GetProperty("reason").GetString(), approved.GetProperty("decided").GetProperty("reason").GetString()));
        Assert.Equal(("inquiry", 2), (journey.GetProperty("current").GetString(), journey.GetProperty("cycles").GetArrayLength()));
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "override-over", await hub.PostAsync($"api/lifecycle/overrides/{id}/reject", Role.Approver, new { reason = "no" }));
    }

    [Fact]
    public async Task Who_proposed_cannot_approve_and_an_unknown_one_is_said_to_be_so()
    {
        await using var hub = await StartAsync();
        var person = await RuledOutAsync(hub);
        using var both = await ConsoleVisit.SignedInAsync(hub, Role.Operator, Role.Approver);

        var asked = await both.PageAsync($"records/{person}/override");
        var sent = await both.PostAsync($"records/{person}/override", ("reason", "founded a company"));
        var place = sent.Headers.Location!.OriginalString.Replace("../", "", StringComparison.Ordinal);
        var page = await both.PageAsync(place);
        var alone = await both.PostAsync($"{place}/approve", ("reason", "I am sure"));

        Assert.Contains("you propose, somebody else approves", asked, StringComparison.Ordinal);
        Assert.Contains("You proposed it, so somebody else has to approve it", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Approve<", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, alone.StatusCode);
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-override", await hub.PostAsync("api/lifecycle/overrides/nothing/approve", Role.Approver, new { reason = "why" }));
    }

    [Fact]
    public async Task Another_approver_decides_on_the_page_and_the_board_shows_what_waits()
    {
        await using var hub = await StartAsync();
        var person = await RuledOutAsync(hub);
        await hub.PostAsync($"api/records/{person}/lifecycle/override", Role.Operator, new { reason = "founded a company" });
        using var approver = await ConsoleVisit.SignedInAsync(hub, Role.Approver);

        var board = await approver.PageAsync("lifecycle");
        var id = (await hub.JsonAsync("api/lifecycle/overrides")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString();
        var sent = await approver.PostAsync($"lifecycle/overrides/{id}/approve", ("reason", "seen in the register"));
        var page = await approver.PageAsync($"lifecycle/overrides/{id}");

        Assert.Contains("Wait for a second person", board, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.All(["Approved", "founded a company", "seen in the register", "test Operator", "console test", "they began anew at Inquiry, as cycle 2"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Wait for a second person", await approver.PageAsync("lifecycle"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_longer_than_promised_is_named_on_the_board()
    {
        await using var hub = await StartAsync();
        var person = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "ada@acme.com"), ("FirstName", "Ada"), ("LastName", "Lovelace"));
        var longAgo = hub.Parts.Time.GetUtcNow().AddDays(-30);
        await hub.Get<LifecycleLedger>().AddAsync([new("e1", person, "mql", "map", longAgo, longAgo)], CancellationToken.None);
        await hub.Get<LifecycleFlow>().RunPersonAsync(person, again: false, CancellationToken.None);
        using var viewer = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var report = await hub.JsonAsync("api/lifecycle");
        var board = await viewer.PageAsync("lifecycle");

        Assert.Equal((person.ToString(), "mql"), (report.GetProperty("broken")[0].GetProperty("person").GetString(), report.GetProperty("broken")[0].GetProperty("stage").GetString()));
        Assert.All(["Wait for too long", "Ada Lovelace", "the next step from MQL"], text => Assert.Contains(text, board, StringComparison.Ordinal));
    }

    private static Task<WebHub> StartAsync() => WebHub.StartAsync(lifecycle: new LifecyclePlan("v1", LifecycleMachine.Default, []));

    private static async Task<RecordId> RuledOutAsync(WebHub hub)
    {
        var person = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "ada@acme.com"));
        var day = hub.Parts.Time.GetUtcNow().AddDays(-2);
        await hub.Get<LifecycleLedger>().AddAsync([new("e1", person, "mql", "map", day, day), new("e2", person, "disqualified", "crm", day.AddHours(1), day) { Reason = "student" }], CancellationToken.None);
        await hub.Get<LifecycleFlow>().RunPersonAsync(person, again: false, CancellationToken.None);
        return person;
    }
}
