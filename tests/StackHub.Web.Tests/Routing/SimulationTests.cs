using System.Net;
using System.Text;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Flow;
using StackHub.Routing.Pools;
using StackHub.Rules;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Routing;

public sealed class SimulationTests
{
    private const string Candidate = """
        routing:
          owners: { ann: {}, bob: {}, cyd: {} }
          pools: { sales: { members: { ann: 1, bob: 1 } } }
          rules:
            - { name: firsts, when: { field: email, startsWith: lead1 }, to: owner cyd }
          fallback: pool sales
        """;

    [Fact]
    public async Task Rules_are_tried_on_the_leads_that_came()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        var lead = await RouteAsync(hub, "1");
        await RouteAsync(hub, "2");

        var response = await hub.PostAsync("api/routing/simulations", Role.Operator, new { rules = Candidate, last = "7d", within = "4h" });
        var result = await WebHub.JsonOf(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((2, 2, 2), (result.GetProperty("routings").GetInt32(), result.GetProperty("reproduced").GetInt32(), result.GetProperty("moved").GetInt32()));
        Assert.Equal([(lead.ToString(), "ann", "cyd"), (result.GetProperty("moves")[1].GetProperty("lead").GetString()!, "bob", "ann")], result.GetProperty("moves").EnumerateArray().Select(move => (move.GetProperty("lead").GetString()!, move.GetProperty("from").GetString()!, move.GetProperty("to").GetString()!)));
        Assert.Equal(("4 working hours", 2), (result.GetProperty("promise").GetProperty("within").GetString(), result.GetProperty("promise").GetProperty("after").GetProperty("running").GetInt32()));
        Assert.Equal((1.0, 0.5), (result.GetProperty("pools")[0].GetProperty("before").GetProperty("jain").GetDouble(), result.GetProperty("pools")[0].GetProperty("after").GetProperty("jain").GetDouble()));
        Assert.DoesNotContain("acme.com", result.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("v7", (await hub.JsonAsync("api/routing")).GetProperty("version").GetString()); // nothing was deployed
    }

    [Fact]
    public async Task Rules_may_be_an_object()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        await RouteAsync(hub, "1");

        var rules = new { routing = new { owners = new { ann = new { }, cyd = new { } }, fallback = "owner cyd" } };
        var result = await WebHub.JsonOf(await hub.PostAsync("api/routing/simulations", Role.Operator, new { rules }));

        Assert.Equal("cyd", result.GetProperty("moves")[0].GetProperty("to").GetString());
    }

    [Fact]
    public async Task Findings_come_with_the_result_and_what_cannot_be_read_with_its_places()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());

        var found = await WebHub.JsonOf(await hub.PostAsync("api/routing/simulations", Role.Operator, new { rules = Candidate.Replace("  fallback: pool sales", "", StringComparison.Ordinal) }));
        var response = await hub.PostAsync("api/routing/simulations", Role.Operator, new { rules = "routing:\n  owners: { ann: {} }\n  fallback: owner anne\n" });
        var refused = await WebHub.JsonOf(response);

        Assert.Contains("Nothing decides for those whom no rule fits.", found.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("message").GetString()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json", "bad-rules"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType, refused.GetProperty("code").GetString()));
        Assert.Equal((3, 13, "routing.fallback", "There is no owner 'anne'."), (refused.GetProperty("places")[0].GetProperty("line").GetInt32(), refused.GetProperty("places")[0].GetProperty("column").GetInt32(), refused.GetProperty("places")[0].GetProperty("path").GetString(), refused.GetProperty("places")[0].GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("last", "soon")]
    [InlineData("last", "0d")]
    [InlineData("warmUp", "400d")]
    [InlineData("within", "x")]
    public async Task A_window_that_cannot_be_read_is_refused(string member, string value)
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());

        var refused = await WebHub.JsonOf(await hub.PostAsync("api/routing/simulations", Role.Operator, new Dictionary<string, string> { ["rules"] = Candidate, [member] = value }));

        Assert.Equal(("bad-body", member), (refused.GetProperty("code").GetString(), refused.GetProperty("parameter").GetString()));
    }

    [Fact]
    public async Task A_hub_without_routing_has_nothing_to_replay()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-routing", await hub.PostAsync("api/routing/simulations", Role.Operator, new { rules = Candidate }));
        Assert.Contains("Leads are not routed", await visit.PageAsync("routing/simulations"), StringComparison.Ordinal);
        Assert.Contains("Leads are not routed", await visit.PageAsync("routing/rules"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_takes_pasted_rules_and_shows_what_would_change()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        var lead = await RouteAsync(hub, "1");
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        var response = await visit.PostAsync("routing/simulations", ("rules", Candidate), ("last", "7d"), ("warmUp", ""), ("within", "4h"));
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.All(["Who would move", $"records/{lead}", "rule firsts names them", "Jain's index 0.50, then n/a", "<svg class=\"trend\"", "name: firsts", "within 4 working hours"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("would not be deployed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_takes_a_file_before_the_text_and_says_what_cannot_be_read()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        var file = await visit.UploadAsync("routing/simulations", "file", "new.yaml", Encoding.UTF8.GetBytes(Candidate), ("rules", "nonsense"), ("last", "7d"));
        var wrong = await visit.UploadAsync("routing/simulations", "file", "new.yaml", "routing:\n  owners: { ann: {} }\n  fallback: owner <b>\n"u8.ToArray(), ("last", "7d"));
        var late = await visit.PostAsync("routing/simulations", ("rules", Candidate), ("last", "soon"));

        Assert.Contains("Nobody would move", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.StatusCode, late.StatusCode));
        var text = await wrong.Content.ReadAsStringAsync();
        Assert.Contains("Line 3, column 13, routing.fallback", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Contains("id=\"last\" name=\"last\" value=\"soon\"", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_in_force_are_shown_in_their_order_with_their_findings()
    {
        await using var hub = await WebHub.StartAsync(routing: Plan());
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync("routing/rules");

        Assert.All(["v7", "Proven", "vip", "Email is vip@acme.com", "owner ann", "Everybody else", "pool sales", "Open opportunity"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Try rules", page, StringComparison.Ordinal); // a viewer may not
    }

    [Fact]
    public async Task A_rule_with_a_finding_says_so_beside_it()
    {
        var plan = Plan();
        var shadowed = new RoutingPlan("v8", plan.Fields, plan.Owners.Values, plan.Pools.Values, [.. plan.Rules, new("again", plan.Rules[0].When, plan.Rules[0].To)]) { Fallback = plan.Fallback };
        await using var hub = await WebHub.StartAsync(routing: shadowed);
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync("routing/rules");

        Assert.All(["1 finding", "Whoever fits this rule is decided before it, by vip."], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    private static async Task<RecordId> RouteAsync(WebHub hub, string number)
    {
        var lead = await hub.SeenAsync(WebHub.Crm, number, ("Email", $"lead{number}@acme.com"), ("LastName", $"Lead{number}"));
        await hub.Get<RoutingDesk>().RouteAsync([lead], CancellationToken.None);
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(1));
        return lead;
    }

    private static RoutingPlan Plan() => new(
        "v7", new([new("email", RuleType.Text)]), [new(new("ann")), new(new("bob"))], [new("sales", PickStrategy.Weighted, [new(new("ann"), 1), new(new("bob"), 1)])],
        [new("vip", new Condition.Test("email", RuleOperator.Is, ["vip@acme.com"]), new Destination.ToOwner(new("ann")))])
    { Fallback = new Destination.ToPool("sales") };
}
