using System.Net;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Web.Runs;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public async Task A_backfill_runs_in_the_background_and_reports()
    {
        await using var hub = await WebHub.StartAsync();
        Add(hub, "1", "a@one.example");
        Add(hub, "2", "b@two.example");

        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var run = await OverAsync(hub, response.Headers.Location!.ToString());
        Assert.Equal("succeeded", run.GetProperty("state").GetString());
        Assert.Equal("backfill", run.GetProperty("kind").GetString());
        Assert.Equal("crm", run.GetProperty("system").GetString());
        Assert.Equal(2, run.GetProperty("report").GetProperty("records").GetInt64());
        Assert.Equal(2, run.GetProperty("report").GetProperty("newRecords").GetInt64());
        Assert.StartsWith("key:", run.GetProperty("by").GetString(), StringComparison.Ordinal);
        Assert.Equal(SystemStage.Baselined, (await hub.Get<SystemStates>().GetAsync(WebHub.Crm, CancellationToken.None)).Stage);
    }

    [Theory]
    [InlineData("poll")]
    [InlineData("reconcile")]
    [InlineData("sync")]
    [InlineData("backfill")]
    public async Task Every_kind_runs_over_all_systems(string kind)
    {
        await using var hub = await WebHub.StartAsync();
        Add(hub, "1", "a@one.example");

        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind });

        var run = await OverAsync(hub, response.Headers.Location!.ToString());
        Assert.Equal("succeeded", run.GetProperty("state").GetString());
        Assert.False(run.TryGetProperty("system", out _));
    }

    [Fact]
    public async Task While_it_lasts_it_is_running_and_another_like_it_is_refused()
    {
        await using var hub = await WebHub.StartAsync();
        var hold = hub.Connector(WebHub.Crm).Hold = new();
        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });

        var again = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });
        var other = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "mail" });

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "run-in-progress", again);
        Assert.Equal(HttpStatusCode.Accepted, other.StatusCode);
        Assert.Equal("running", (await hub.JsonAsync(response.Headers.Location!.ToString())).GetProperty("state").GetString());
        hold.SetResult();
        Assert.Equal("succeeded", (await OverAsync(hub, response.Headers.Location!.ToString())).GetProperty("state").GetString());
    }

    [Fact]
    public async Task When_it_is_over_it_may_run_again()
    {
        await using var hub = await WebHub.StartAsync();
        for (var time = 0; time < 2; time++)
        {
            var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm", restart = true });
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await OverAsync(hub, response.Headers.Location!.ToString());
        }
    }

    [Fact]
    public async Task A_failure_is_told_without_values()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Connector(WebHub.Crm).Failure = new InvalidOperationException("cannot read ada@lovelace.example");

        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });

        var run = await OverAsync(hub, response.Headers.Location!.ToString());
        Assert.Equal("failed", run.GetProperty("state").GetString());
        Assert.Equal("InvalidOperationException", run.GetProperty("error").GetString());
        Assert.DoesNotContain("lovelace", string.Concat(hub.Parts.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unavailable_vendor_is_named()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Connector(WebHub.Crm).Failure = new VendorUnavailableException(WebHub.Crm, "the grant was revoked");

        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });

        Assert.Equal("crm: the grant was revoked", (await OverAsync(hub, response.Headers.Location!.ToString())).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_stop_in_order_interrupts_it()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Connector(WebHub.Crm).Hold = new();
        await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });

        await hub.Get<Runner>().StopAsync(CancellationToken.None);

        Assert.Equal("interrupted", (await hub.JsonAsync("api/runs")).GetProperty("items")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task One_of_a_dead_or_silent_process_is_interrupted()
    {
        await using var hub = await WebHub.StartAsync();
        var time = hub.Parts.Time;
        var dead = new RunView(RecordId.New(time.GetUtcNow()), RunKind.Sync, RunState.Running, time.GetUtcNow(), "key:1");
        await new RunStore(hub.Parts.Tables, new LeaseOwner($"{Environment.MachineName}|999999999|1"), time).SaveAsync(dead, CancellationToken.None);
        var alive = dead with { Id = RecordId.New(time.GetUtcNow()) };
        await new RunStore(hub.Parts.Tables, new LeaseOwner("elsewhere|1|1"), time).SaveAsync(alive, CancellationToken.None);

        Assert.Equal("interrupted", (await hub.JsonAsync($"api/runs/{dead.Id}")).GetProperty("state").GetString());
        Assert.Equal("running", (await hub.JsonAsync($"api/runs/{alive.Id}")).GetProperty("state").GetString());
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("interrupted", (await hub.JsonAsync($"api/runs/{alive.Id}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_interrupted_one_is_taken_up_where_it_was()
    {
        await using var hub = await WebHub.StartAsync();
        Add(hub, "1", "a@one.example");
        hub.Connector(WebHub.Crm).Hold = new();
        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });
        await hub.Get<Runner>().StopAsync(CancellationToken.None);
        hub.Connector(WebHub.Crm).Hold = null;

        var run = (await hub.JsonAsync(response.Headers.Location!.ToString())).GetProperty("id").GetString()!;
        await hub.Get<Runner>().TakeUpAsync(RecordId.Parse(run), CancellationToken.None);

        var after = await hub.JsonAsync(response.Headers.Location!.ToString());
        Assert.Equal("succeeded", after.GetProperty("state").GetString());
        Assert.Equal(1, after.GetProperty("report").GetProperty("records").GetInt64());
    }

    [Fact]
    public async Task A_message_for_a_run_that_goes_on_or_is_over_starts_nothing()
    {
        await using var hub = await WebHub.StartAsync();
        var hold = hub.Connector(WebHub.Crm).Hold = new();
        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });
        var id = RecordId.Parse((await hub.JsonAsync(response.Headers.Location!.ToString())).GetProperty("id").GetString()!);

        await hub.Get<Runner>().TakeUpAsync(id, CancellationToken.None);
        hold.SetResult();
        var over = await OverAsync(hub, response.Headers.Location!.ToString());
        hub.Connector(WebHub.Crm).Failure = new InvalidOperationException("it was read again");
        await hub.Get<Runner>().TakeUpAsync(id, CancellationToken.None);

        Assert.Equal(over.ToString(), (await hub.JsonAsync(response.Headers.Location!.ToString())).ToString());
    }

    [Fact]
    public async Task A_new_one_takes_the_place_of_one_that_was_interrupted()
    {
        await using var hub = await WebHub.StartAsync();
        var dead = new RunView(RecordId.New(hub.Parts.Time.GetUtcNow()), RunKind.Backfill, RunState.Running, hub.Parts.Time.GetUtcNow(), "key:1") { System = WebHub.Crm };
        var gone = new RunStore(hub.Parts.Tables, new LeaseOwner($"{Environment.MachineName}|999999999|1"), hub.Parts.Time);
        await gone.ClaimAsync(dead, CancellationToken.None);
        await gone.SaveAsync(dead, CancellationToken.None);

        var response = await hub.PostAsync("api/runs", Role.Operator, new { kind = "backfill", system = "crm" });
        await OverAsync(hub, response.Headers.Location!.ToString());
        await hub.Get<Runner>().TakeUpAsync(dead.Id, CancellationToken.None);

        Assert.Equal("interrupted", (await hub.JsonAsync($"api/runs/{dead.Id}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task They_are_listed_newest_first()
    {
        await using var hub = await WebHub.StartAsync();
        var expected = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
            var id = RecordId.New(hub.Parts.Time.GetUtcNow());
            await hub.Get<RunStore>().SaveAsync(new(id, RunKind.Poll, RunState.Succeeded, hub.Parts.Time.GetUtcNow(), "key:1"), CancellationToken.None);
            expected.Insert(0, id.ToString());
        }

        var listed = await Pages.AllAsync(hub, "api/runs?take=2");

        Assert.Equal(expected, listed.Select(run => run.GetProperty("id").GetString()!));
    }

    [Theory]
    [InlineData("{}", "kind")]
    [InlineData("{\"kind\":\"erase\"}", "kind")]
    [InlineData("{\"kind\":\"backfill\",\"system\":\"nobody\"}", "system")]
    [InlineData("{\"kind\":\"reconcile\",\"system\":\"crm\"}", "system")]
    [InlineData("{\"kind\":\"poll\",\"restart\":true}", "restart")]
    public async Task A_bad_member_is_named(string body, string member)
    {
        await using var hub = await WebHub.StartAsync();

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await PostAsync(hub, body, "application/json"));

        Assert.Equal(member, problem.GetProperty("parameter").GetString());
    }

    [Theory]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("{\"kind\":7}", "application/json", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("{\"kind\":\"poll\",\"restart\":\"ada@lovelace.example\"}", "application/json", HttpStatusCode.BadRequest, "bad-request")]
    [InlineData("kind=poll", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "wrong-content-type")]
    public async Task A_body_that_is_none_is_refused(string body, string contentType, HttpStatusCode status, string code)
    {
        await using var hub = await WebHub.StartAsync();

        var problem = await ProblemAssert.IsAsync(status, code, await PostAsync(hub, body, contentType));

        Assert.DoesNotContain("lovelace", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_body_is_refused()
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", await PostAsync(hub, $"{{\"kind\":\"{new string('x', 70_000)}\"}}", "application/json"));
    }

    [Fact]
    public async Task A_store_that_is_down_is_a_problem_without_details()
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);
        hub.Parts.Tables.Before = operation => operation.EndsWith(Tables.Runs, StringComparison.Ordinal) ? throw new IOException("disk of ada@lovelace.example") : Task.CompletedTask;

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.InternalServerError, "internal", await client.GetAsync(new Uri("api/runs", UriKind.Relative)));

        Assert.DoesNotContain("lovelace", problem + string.Concat(hub.Parts.Log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("IOException", problem.ToString(), StringComparison.Ordinal);
    }

    private static void Add(WebHub hub, string id, string email) => hub.Connector(WebHub.Crm).People.Add(new(new(
        new(WebHub.Crm, FakeConnector.Contacts, id), hub.Parts.Time.GetUtcNow(), new Dictionary<string, ExternalValue> { ["Email"] = new(email) }) { Complete = true }));

    private static async Task<HttpResponseMessage> PostAsync(WebHub hub, string body, string contentType)
    {
        using var client = await hub.ClientAsync(Role.Operator);
        using var content = new StringContent(body, null, contentType);
        return await client.PostAsync(new Uri("api/runs", UriKind.Relative), content);
    }

    private static async Task<JsonElement> OverAsync(WebHub hub, string location)
    {
        for (var look = 0; look < 500; look++)
        {
            var run = await hub.JsonAsync(location);
            if (run.GetProperty("state").GetString() != "running")
                return run;
            await Task.Delay(10);
        }
        throw new TimeoutException("The run does not end.");
    }
}
