using System.Net;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Flow;
using StackHub.Routing.Pools;
using StackHub.Rules;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Routing;

public sealed class RoutingTests
{
    [Fact]
    public async Task A_hub_without_routing_says_so()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-routing", await (await hub.ClientAsync(Role.Viewer)).GetAsync(new Uri("api/routing", UriKind.Relative)));
        Assert.Contains("Leads are not routed", await visit.PageAsync("routing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_is_shown_in_its_order_with_the_pools_as_they_stand()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        await RouteAsync(hub, "1");

        var routing = await hub.JsonAsync("api/routing");

        Assert.Equal(("vip", "email is vip@acme.com"), routing.GetProperty("rules").EnumerateArray().Select(rule => (rule.GetProperty("name").GetString(), rule.GetProperty("when").GetString())).Single());
        Assert.Equal("pool sales", routing.GetProperty("fallback").GetString());
        var pool = routing.GetProperty("pools").EnumerateArray().Single();
        Assert.Equal([("ann", 1, "cap_reached(1/1)"), ("bob", 0, "away")], pool.GetProperty("members").EnumerateArray().Select(member => (member.GetProperty("owner").GetString()!, member.GetProperty("given").GetInt32(), member.GetProperty("check").GetString()!)));
        Assert.Equal(0.5, pool.GetProperty("fairness").GetDouble()); // all to one of two
    }

    [Fact]
    public async Task A_decision_tells_what_was_considered_and_who_was_not_chosen()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        var lead = await RouteAsync(hub, "1");

        var decision = (await hub.JsonAsync($"api/routing/leads/{lead}")).EnumerateArray().Single();
        var listed = (await hub.JsonAsync("api/routing/decisions")).EnumerateArray().Single();

        Assert.Equal(("ann", "fallback", "v7"), (decision.GetProperty("owner").GetString(), decision.GetProperty("step").GetString(), decision.GetProperty("version").GetString()));
        Assert.Equal(("bob", "away"), decision.GetProperty("rejected").EnumerateArray().Select(one => (one.GetProperty("name").GetString(), one.GetProperty("outcome").GetString())).Single());
        Assert.Equal(["account", "suppression", "duplicate", "open-opportunity", "named-account", "partner-registration", "customer", "matched-account", "vip", "fallback"], decision.GetProperty("steps").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(lead.ToString(), listed.GetProperty("lead").GetString());
        Assert.DoesNotContain("lead1@acme.com", decision.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_show_the_policy_the_pools_who_waits_and_why()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        var (first, second) = (await RouteAsync(hub, "1"), await RouteAsync(hub, "2"));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var (page, person, waiting) = (await visit.PageAsync("routing"), await visit.PageAsync($"records/{first}"), await visit.PageAsync($"records/{second}"));

        Assert.All(["v7", "vip", "Email is vip@acme.com", "1 wait", "Cap reached (1/1)", $"records/{second}"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.All(["What was considered", "bob: away", "<strong>ann</strong>"], text => Assert.Contains(text, person, StringComparison.Ordinal));
        Assert.Contains("Waits", waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_was_never_routed_has_no_routing()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        var person = await hub.SeenAsync(WebHub.Crm, "9", ("Email", "nine@acme.com"));

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-routing", await (await hub.ClientAsync(Role.Viewer)).GetAsync(new Uri($"api/routing/leads/{person}", UriKind.Relative)));
    }

    [Fact]
    public async Task A_lead_is_moved_by_hand_once_and_who_and_why_is_told()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        await RouteAsync(hub, "1");
        var waiting = await RouteAsync(hub, "2");

        var stuck = await hub.PostAsync($"api/routing/leads/{waiting}/move", Role.Operator, new { reason = "trade fair" });
        var moved = await WebHub.JsonOf(await hub.PostAsync($"api/routing/leads/{waiting}/move", Role.Operator, new { reason = "trade fair", owner = "bob", attempt = 1 }));
        var stale = await hub.PostAsync($"api/routing/leads/{waiting}/move", Role.Operator, new { reason = "too late", owner = "ann", attempt = 0 });

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "nobody-can", stuck);
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "changed", stale);
        Assert.Equal(("bob", "by-hand", "trade fair", "bob"), (moved.GetProperty("owner").GetString(), moved.GetProperty("step").GetString(), moved.GetProperty("order").GetProperty("reason").GetString(), moved.GetProperty("order").GetProperty("to").GetString()));
        Assert.StartsWith("key:", moved.GetProperty("order").GetProperty("by").GetString(), StringComparison.Ordinal);
        Assert.Equal("Decided", (await hub.JsonAsync($"api/routing/leads/{waiting}")).EnumerateArray().Single().GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("because of ada@acme.com")]
    public async Task A_move_needs_a_reason_that_is_about_nobody(string? reason)
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        var lead = await RouteAsync(hub, "1");

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await hub.PostAsync($"api/routing/leads/{lead}/move", Role.Operator, new { reason, owner = "bob" }));
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "forbidden", await hub.PostAsync($"api/routing/leads/{lead}/move", Role.Viewer, new { reason = "why", owner = "bob" }));
    }

    [Fact]
    public async Task What_would_have_to_change_is_told_by_the_api_and_shown_on_a_page()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        var lead = await RouteAsync(hub, "1");
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var preview = await hub.JsonAsync($"api/routing/leads/{lead}/what-if?for=owner%20bob");
        var page = await visit.PageAsync($"routing/leads/{lead}/what-if?for=owner%20bob");

        var way = preview.GetProperty("ways").EnumerateArray().Single();
        Assert.Equal(("fallback", "pool sales"), (way.GetProperty("by").GetString(), way.GetProperty("to").GetString()));
        Assert.Equal(("bob", "away"), way.GetProperty("changes").EnumerateArray().Select(change => (change.GetProperty("name").GetString(), change.GetProperty("outcome").GetString())).Single());
        Assert.All(["The smallest change", "by the fallback, to pool sales", "away"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await (await hub.ClientAsync(Role.Viewer)).GetAsync(new Uri($"api/routing/leads/{lead}/what-if?for=owner%20zoe", UriKind.Relative)));
    }

    [Fact]
    public async Task The_form_releases_who_waits_and_only_operators_see_it()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        await RouteAsync(hub, "1");
        var waiting = await RouteAsync(hub, "2");
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);
        using var viewer = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var form = await visit.PageAsync($"routing/leads/{waiting}/move");
        var sent = await visit.PostAsync($"routing/leads/{waiting}/move", ("owner", "bob"), ("reason", "trade fair"), ("attempt", "1"));
        var page = await visit.PageAsync($"records/{waiting}");

        Assert.All(["Release this lead", "waits in the holding queue", "whoever is next by the rules", "value=\"bob\"", "value=\"1\""], text => Assert.Contains(text, form, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.SeeOther, $"../../../records/{waiting}"), (sent.StatusCode, sent.Headers.Location!.OriginalString));
        Assert.All(["<strong>bob</strong>", "trade fair", "Move it by hand", "What would have to change for"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Move it by hand", await viewer.PageAsync($"records/{waiting}"), StringComparison.Ordinal);
    }

    private static async Task<RecordId> RouteAsync(WebHub hub, string number)
    {
        var lead = await hub.SeenAsync(WebHub.Crm, number, ("Email", $"lead{number}@acme.com"), ("LastName", $"Lead{number}"));
        await hub.Get<RoutingDesk>().RouteAsync([lead], CancellationToken.None);
        return lead;
    }

    private static RoutingPlan Plan()
    {
        var pool = new RoutingPool("sales", PickStrategy.Weighted, [new(new("ann"), 1) { Cap = new(1, CapWindow.Week) }, new(new("bob"), 1)]);
        return new("v7", new([new("email", RuleType.Text)]), [new(new("ann")), new(new("bob")) { Away = [new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)] }], [pool],
            [new("vip", new Condition.Test("email", RuleOperator.Is, ["vip@acme.com"]), new Destination.ToOwner(new("ann")))])
        { Fallback = new Destination.ToPool("sales") };
    }
}
