using StackHub.Sandbox.Faults;

namespace StackHub.Sandbox.Tests;

public sealed class FaultTests
{
    private const string Contacts = "/crm/v3/objects/contacts";

    [Fact]
    public async Task An_answer_that_is_lost_leaves_the_write_behind()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);

        server.HubSpot.Faults.Plan(FaultKind.DropAfter, FaultKind.DropBefore);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(Contacts, """{"properties":{"email":"a@example.com"}}"""));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(Contacts, """{"properties":{"email":"b@example.com"}}"""));
        Assert.Equal(1, server.HubSpot.Counts["contacts"]);
    }

    [Fact]
    public async Task A_vendor_that_is_down_says_so_or_says_nothing()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        server.HubSpot.Faults.Down = true;

        var answered = await client.GetAsync(Contacts);
        server.HubSpot.Faults.DownRefusesConnections = true;
        using var fresh = VendorClient.OfHubSpot(server);

        Assert.Equal(503, answered.Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Contacts));
        await Assert.ThrowsAsync<HttpRequestException>(() => fresh.GetAsync(Contacts));
    }

    [Fact]
    public async Task Coming_back_before_the_retry_after_is_a_violation()
    {
        await using var server = await Started.WithAsync(new() { SeedData = false, HubSpot = new() { RetryAfterGrace = TimeSpan.Zero } });
        using var client = VendorClient.OfHubSpot(server);
        server.HubSpot.Faults.ThrottleNext(TimeSpan.FromMinutes(1));

        var throttled = await client.GetAsync(Contacts);
        server.HubSpot.Clock.Advance(TimeSpan.FromSeconds(1));
        var early = await client.GetAsync(Contacts);
        server.HubSpot.Clock.Advance(TimeSpan.FromMinutes(1));
        var patient = await client.GetAsync(Contacts);

        Assert.Equal((429, "60", 429, 200), (throttled.Status, throttled.Header("Retry-After"), early.Status, patient.Status));
        Assert.Equal("retry-after", Assert.Single(server.HubSpot.Stats.Violations).Rule);
    }

    [Fact]
    public async Task The_rolling_window_counts_exactly()
    {
        await using var server = await Started.WithAsync(new() { SeedData = false, HubSpot = new() { BurstCalls = 3, BurstWindow = TimeSpan.FromHours(1) } });
        using var client = VendorClient.OfHubSpot(server);
        var statuses = new List<int>();

        for (var call = 0; call < 4; call++)
            statuses.Add((await client.GetAsync(Contacts)).Status);
        server.HubSpot.Clock.Advance(TimeSpan.FromHours(1));
        var later = await client.GetAsync(Contacts);

        Assert.Equal([200, 200, 200, 429], statuses);
        Assert.Equal((200, "2"), (later.Status, later.Header("X-HubSpot-RateLimit-Remaining")));
        Assert.Equal("limit", Assert.Single(server.HubSpot.Stats.Violations).Rule);
    }

    [Fact]
    public async Task A_full_window_issues_a_retry_after_that_is_watched()
    {
        await using var server = await Started.WithAsync(new() { SeedData = false, HubSpot = new() { BurstCalls = 1, BurstWindow = TimeSpan.FromHours(1), RetryAfterGrace = TimeSpan.Zero } });
        using var client = VendorClient.OfHubSpot(server);
        await client.GetAsync(Contacts);

        await client.GetAsync(Contacts);
        server.HubSpot.Clock.Advance(TimeSpan.FromMinutes(1));
        await client.GetAsync(Contacts);

        Assert.Equal(["limit", "retry-after"], server.HubSpot.Stats.Violations.Select(violation => violation.Rule));
    }

    [Fact]
    public async Task The_daily_quota_of_salesforce_ends_in_403()
    {
        await using var server = await Started.WithAsync(new() { SeedData = false, Salesforce = new() { DailyCalls = 1 } });
        using var client = await VendorClient.OfSalesforceAsync(server);

        var first = await client.QueryAsync("SELECT Id FROM Contact");
        var second = await client.QueryAsync("SELECT Id FROM Contact");

        Assert.Equal((200, "api-usage=1/1", 403), (first.Status, first.Header("Sforce-Limit-Info"), second.Status));
        Assert.Equal("REQUEST_LIMIT_EXCEEDED", second.Json[0]!["errorCode"]!.ToString());
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_faults()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var server = await Started.EmptyAsync();
            using var client = VendorClient.OfHubSpot(server);
            server.HubSpot.Faults.ServerErrors = 0.5;
            var statuses = new List<int>();
            for (var call = 0; call < 20; call++)
                statuses.Add((await client.GetAsync(Contacts)).Status);
            runs.Add(string.Join(',', statuses));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.Contains("500", runs[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_control_api_flips_switches_makes_edits_and_shows_what_happened()
    {
        await using var server = await Started.EmptyAsync();
        using var control = VendorClient.OfControl(server);

        var flipped = await control.PatchAsync("/control/hubspot/faults", """{"latency":"00:00:00.001","serverErrors":0.25}""");
        var refused = await control.PatchAsync("/control/hubspot/faults", """{"gremlins":1}""");
        var edit = await control.PostAsync("/control/intercom/edits", """{"action":"create","type":"contacts","fields":{"role":"user","email":"a@example.com","lead_score":"7"}}""");
        var record = await control.GetAsync($"/control/intercom/records/contacts/{edit.Text("id")}");
        var stats = await control.GetAsync("/control/hubspot/stats");

        Assert.Equal((200, 400, 200, 200), (flipped.Status, refused.Status, edit.Status, stats.Status));
        Assert.Equal(0.25, server.HubSpot.Faults.ServerErrors);
        Assert.Equal("7", record.Json["custom_attributes"]!["lead_score"]!.ToString());
    }
}
