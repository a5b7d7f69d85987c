using System.Net;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Security;
using StackHub.Testing.Privacy;
using StackHub.Testing.Sync;
using StackHub.Web.Tests.Hosting;
using StackHub.Web.Tests.Shell;

namespace StackHub.Web.Tests.Audit;

/// <summary>Trial erasures: those the hub makes, and those somebody tells of.</summary>
public sealed class AuditDrillTests
{
    [Fact]
    public async Task A_drill_is_started_from_the_page_which_shows_how_far_it_is_and_how_long_it_took()
    {
        await using var hub = await ReadyAsync(WebHub.Crm);
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        var before = await visit.PageAsync("audit/drills");
        var (place, said) = await visit.DoAsync("audit/drills", ("system", "crm"));
        var under = await visit.PageAsync("audit/drills");
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(3));
        var (_, again) = await visit.DoAsync("audit/drills/go-on");
        var after = await visit.PageAsync("audit/drills");

        Assert.Contains("No drill was made yet", before, StringComparison.Ordinal);
        Assert.Contains("Its connector cannot erase: a person does it in the tool.", before, StringComparison.Ordinal);
        Assert.Equal(("audit/drills", "Started 1 drill. 1 under way: look again later."), (place, said));
        Assert.Contains("Being erased", under, StringComparison.Ordinal);
        Assert.Contains("Look now", under, StringComparison.Ordinal);
        Assert.Equal("Looked again.", again);
        Assert.Contains(">Gone</span>", after, StringComparison.Ordinal);
        Assert.Contains(">3 min</td>", after, StringComparison.Ordinal);
        Assert.Contains(">Passed</span>", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Look now", after, StringComparison.Ordinal);
        Assert.Empty(Accessibility.Problems(await (await visit.GetAsync("audit/drills")).Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_drill_that_fails_says_why_and_what_may_be_left()
    {
        await using var hub = await ReadyAsync(WebHub.Crm);
        System(hub, WebHub.Crm).Refuses = new ErasureOutcome.Refused("FORBIDDEN", "no");
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        var (_, said) = await visit.DoAsync("audit/drills", ("system", ""));

        Assert.Equal("Started 1 drill. 1 failed.", said);
        Assert.Contains("the vendor refused the erasure (FORBIDDEN); contacts c00001 may still be there: take it away by hand", await visit.PageAsync("audit/drills"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_starts_drills_and_tells_each_step()
    {
        await using var hub = await ReadyAsync(WebHub.Crm, WebHub.Mail);
        var start = hub.Parts.Time.GetUtcNow();

        var started = await WebHub.JsonOf(await hub.PostAsync("api/audit/drills", Role.Operator, new { }));
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(2));
        await hub.PostAsync("api/audit/drills", Role.Operator, new { system = "crm" });

        Assert.Equal(["crm erasing", "mail erasing"], started.EnumerateArray().Select(drill => $"{Text(drill, "system")} {Text(drill, "stage")}"));
        var drills = (await Pages.AllAsync(hub, "api/audit/drills?take=1")).OrderBy(drill => Text(drill, "system"), StringComparer.Ordinal).ToArray(); // both began in one moment
        Assert.Equal(["crm passed", "mail erasing"], drills.Select(drill => $"{Text(drill, "system")} {Text(drill, "stage")}"));
        var crm = drills[0];
        Assert.Equal((start, start, start, start.AddMinutes(2)), (At(crm, "startedAt"), At(crm, "foundAt"), At(crm, "askedAt"), At(crm, "goneAt")));
        Assert.Equal((120, "c00001"), (crm.GetProperty("seconds").GetDouble(), Text(crm, "record")));
    }

    [Fact]
    public async Task What_cannot_be_tried_is_refused_and_a_viewer_starts_nothing()
    {
        await using var hub = await ReadyAsync(WebHub.Crm);

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "no-drill", await hub.PostAsync("api/audit/drills", Role.Operator, new { system = "quiet" }));
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-system", await hub.PostAsync("api/audit/drills", Role.Operator, new { system = "none" }));
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "forbidden", await hub.PostAsync("api/audit/drills", Role.Viewer, new { }));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);
        Assert.Contains("To start a drill takes the role operator.", await visit.PageAsync("audit/drills"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await ConsoleVisit.SignedInAsync(hub, Role.Operator)).PostAsync("audit/drills", ("system", "none"))).StatusCode);
        Assert.Empty(await Pages.AllAsync(hub, "api/audit/drills"));
    }

    [Fact]
    public async Task A_drill_made_by_hand_is_recorded_and_the_next_audit_reckons_with_it()
    {
        await using var hub = await ReadyAsync(WebHub.Crm);
        await hub.PostAsync("api/audit/runs", Role.Operator);

        var failed = await hub.PostAsync("api/audit/tools/fake-crm/drill", Role.Operator, new { passed = false, reason = "the archive still had it" });
        await hub.PostAsync("api/audit/runs", Role.Operator);

        Assert.Equal(HttpStatusCode.NoContent, failed.StatusCode);
        var finding = Assert.Single(await Pages.AllAsync(hub, "api/audit/findings?check=erasure-not-ready"));
        Assert.Equal(("high", "the archive still had it"), (Text(finding, "severity"), finding.GetProperty("evidence").EnumerateArray().Single(one => Text(one, "name") == "reason").GetProperty("value").GetString()));
    }

    [Theory]
    [InlineData("{}", "passed")]
    [InlineData("{\"passed\":true,\"day\":\"2999-01-01\"}", "day")]
    [InlineData("{\"passed\":true,\"day\":\"yesterday\"}", "day")]
    [InlineData("{\"passed\":false,\"days\":3}", "days")]
    [InlineData("{\"passed\":true,\"days\":366}", "days")]
    [InlineData("{\"passed\":false,\"reason\":\"ann@acme.com was still there\"}", "reason")]
    public async Task What_is_told_of_a_drill_by_hand_is_checked(string body, string wrong)
    {
        await using var hub = await ReadyAsync(WebHub.Crm);
        await hub.PostAsync("api/audit/runs", Role.Operator);

        var refused = await hub.PostAsync("api/audit/tools/fake-crm/drill", Role.Operator, JsonDocument.Parse(body).RootElement);

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", refused);
        Assert.Equal(wrong, Text(await WebHub.JsonOf(refused), "parameter"));
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-tool", await hub.PostAsync("api/audit/tools/none/drill", Role.Operator, new { passed = true }));
    }

    /// <summary>A hub that may write to these systems, whose connectors erase.</summary>
    private static async Task<WebHub> ReadyAsync(params SystemId[] erasing)
    {
        var hub = await WebHub.StartAsync();
        foreach (var system in erasing)
        {
            hub.Get<ConnectorSet>().Replace(new ErasingSystem(new FakeSystem(system.Name, hub.Parts.Time) { Info = FakeConnector.Description }, hub.Parts.Time));
            await hub.Get<SystemStates>().ChangeAsync(system, state => state with { Stage = SystemStage.Approved }, CancellationToken.None);
        }
        return hub;
    }

    private static ErasingSystem System(WebHub hub, SystemId system) => (ErasingSystem)hub.Get<ConnectorSet>()[system];

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static DateTimeOffset At(JsonElement item, string name) => item.GetProperty(name).GetDateTimeOffset();
}
