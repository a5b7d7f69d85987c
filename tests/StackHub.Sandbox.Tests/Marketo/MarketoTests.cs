using System.Text.Json.Nodes;
using StackHub.Sandbox.Vendors.Marketo;

namespace StackHub.Sandbox.Tests.Marketo;

public sealed class MarketoTests
{
    private const string Leads = "/rest/v1/leads.json";

    [Fact]
    public async Task A_lead_is_created_found_updated_and_deleted()
    {
        await using var server = await StartAsync();
        using var client = await SignedInAsync(server);

        var created = await client.PostAsync(Leads, """{"action":"createOnly","lookupField":"email","input":[{"email":"a@example.com","firstName":"Ada"}]}""");
        var id = created.Json["result"]![0]!["id"]!.ToString();
        var found = await client.GetAsync($"{Leads}?filterType=email&filterValues=A@example.com&fields=id,firstName");
        var updated = await client.PostAsync(Leads, $$"""{"action":"updateOnly","lookupField":"id","input":[{"id":{{id}},"firstName":"Eve"}]}""");
        var deleted = await client.PostAsync("/rest/v1/leads/delete.json", $$"""{"input":[{"id":{{id}}}]}""");
        var gone = await client.GetAsync($"/rest/v1/lead/{id}.json");

        Assert.Equal(("created", "Ada", "updated", "deleted", 0), (Status(created), found.Json["result"]![0]!["firstName"]!.ToString(), Status(updated), Status(deleted), gone.Json["result"]!.AsArray().Count));
        Assert.Empty(Vendor(server).Stats.Violations);
    }

    [Theory]
    [InlineData("createOnly", "email", """{"email":"taken@example.com"}""", "1005")]
    [InlineData("updateOnly", "email", """{"email":"nobody@example.com"}""", "1004")]
    [InlineData("updateOnly", "email", """{"email":"shared@example.com"}""", "1007")]
    [InlineData("createOrUpdate", "email", """{"firstName":"x"}""", "1002")]
    [InlineData("createOrUpdate", "email", """{"email":"no address"}""", "1003")]
    [InlineData("createOrUpdate", "email", """{"email":"n@example.com","unsubscribed":"yes"}""", "1001")]
    [InlineData("createOrUpdate", "email", """{"email":"n@example.com","updatedAt":"2026-01-01T00:00:00Z"}""", "1003")]
    public async Task A_bad_record_is_skipped_with_a_reason_in_a_200(string action, string lookup, string record, string code)
    {
        await using var server = await StartAsync();
        using var client = await SignedInAsync(server);
        foreach (var email in (string[])["taken@example.com", "shared@example.com", "shared@example.com"])
            Vendor(server).Edit(new("create", "leads") { Fields = new Dictionary<string, string?> { ["email"] = email } });

        var reply = await client.PostAsync(Leads, $$"""{"action":"{{action}}","lookupField":"{{lookup}}","input":[{{record}}]}""");

        Assert.Equal((200, "true", "skipped", code), (reply.Status, reply.Text("success"), Status(reply), reply.Json["result"]![0]!["reasons"]![0]!["code"]!.ToString()));
    }

    [Theory]
    [InlineData("""{"input":[{"email":"a@example.com","noSuchField":1}]}""", "1006")]
    [InlineData("""{"action":"replace","input":[{"email":"a@example.com"}]}""", "1003")]
    [InlineData("""{"lookupField":"title","input":[{"title":"a"}]}""", "1003")]
    [InlineData("""{"input":[]}""", "1003")]
    [InlineData("""{"input":""", "609")]
    public async Task A_bad_call_fails_as_a_whole_in_a_200(string body, string code)
    {
        await using var server = await StartAsync();
        using var client = await SignedInAsync(server);

        var reply = await client.PostAsync(Leads, body);

        Assert.Equal((200, "false", code), (reply.Status, reply.Text("success"), Code(reply)));
        Assert.Equal(0, Vendor(server).Counts["leads"]);
    }

    [Fact]
    public async Task Tokens_are_missing_wrong_and_expired_each_with_its_code()
    {
        await using var server = await StartAsync();
        using var client = VendorClient.Of(Vendor(server));

        var missing = await client.GetAsync("/rest/v1/stats/usage.json");
        client.Headers.Authorization = new("Bearer", "wrong");
        var wrong = await client.GetAsync("/rest/v1/stats/usage.json");
        using var signedIn = await SignedInAsync(server);
        Vendor(server).Clock.Advance(TimeSpan.FromHours(2));
        var expired = await signedIn.GetAsync("/rest/v1/stats/usage.json");
        var refused = await client.GetAsync($"/identity/oauth/token?grant_type=client_credentials&client_id={Vendor(server).ClientId}&client_secret=wrong");

        Assert.Equal(("600", "601", "602"), (Code(missing), Code(wrong), Code(expired)));
        Assert.Equal((401, "invalid_client"), (refused.Status, refused.Text("error")));
    }

    [Fact]
    public async Task The_rate_and_the_days_quota_are_counted_and_come_back()
    {
        await using var server = await StartAsync(new() { WindowCalls = 2, DailyCalls = 3 });
        using var client = await SignedInAsync(server);
        async Task<string> UseAsync()
        {
            var reply = await client.GetAsync("/rest/v1/stats/usage.json");
            return reply.Text("success") == "true" ? "ok" : Code(reply);
        }

        var first = new[] { await UseAsync(), await UseAsync(), await UseAsync() };
        Vendor(server).Clock.Advance(TimeSpan.FromSeconds(21));
        var second = new[] { await UseAsync(), await UseAsync() };

        Assert.Equal(["ok", "ok", "606"], first);
        Assert.Equal(["ok", "607"], second);
        Assert.Equal(["limit", "quota"], Vendor(server).Stats.Violations.Select(v => v.Rule));
    }

    [Fact]
    public async Task The_day_turns_at_midnight_US_Central()
    {
        await using var server = await Started.WithAsync(new() { SeedData = false, Time = new FixedTime(), Others = [new MarketoOptions { DailyCalls = 1, TokenLifetime = TimeSpan.FromDays(1) }] });
        using var client = await SignedInAsync(server);

        var used = await client.GetAsync("/rest/v1/stats/usage.json");
        var over = await client.GetAsync("/rest/v1/stats/usage.json");
        Vendor(server).Clock.Advance(TimeSpan.FromHours(16.9)); // 04:54 UTC, still the day before in Chicago's daylight time
        var before = await client.GetAsync("/rest/v1/stats/usage.json");
        Vendor(server).Clock.Advance(TimeSpan.FromHours(0.2));
        var after = await client.GetAsync("/rest/v1/stats/usage.json");

        Assert.Equal(("true", "607", "607", "true"), (used.Text("success"), Code(over), Code(before), after.Text("success")));
    }

    [Fact]
    public async Task The_log_tells_new_changed_merged_and_deleted_leads_by_pages()
    {
        await using var server = await StartAsync();
        using var client = await SignedInAsync(server);
        var ids = (await client.PostAsync(Leads, """{"input":[{"email":"a@example.com"},{"email":"b@example.com"},{"email":"c@example.com"}]}""")).Json["result"]!.AsArray().Select(line => line!["id"]!.ToString()).ToList();
        await client.PostAsync(Leads, $$"""{"action":"updateOnly","lookupField":"id","input":[{"id":{{ids[0]}},"title":"Boss"}]}""");
        await client.SendAsync(HttpMethod.Post, $"/rest/v1/leads/{ids[0]}/merge.json?leadId={ids[1]}", null);
        await client.PostAsync("/rest/v1/leads/delete.json", $$"""{"input":[{"id":{{ids[2]}}}]}""");
        var token = (await client.GetAsync("/rest/v1/activities/pagingtoken.json?sinceDatetime=2020-01-01T00:00:00Z")).Text("nextPageToken");

        var first = await client.GetAsync($"/rest/v1/activities/leadchanges.json?fields=title&batchSize=2&nextPageToken={token}");
        var second = await client.GetAsync($"/rest/v1/activities/leadchanges.json?fields=title&batchSize=2&nextPageToken={first.Text("nextPageToken")}");
        var merges = await client.GetAsync($"/rest/v1/activities.json?activityTypeIds=32&nextPageToken={token}");
        var deleted = await client.GetAsync($"/rest/v1/activities/deletedleads.json?nextPageToken={token}");
        Vendor(server).ExpirePagingTokens();
        var expired = await client.GetAsync($"/rest/v1/activities/deletedleads.json?nextPageToken={token}");

        Assert.Equal(("true", "false"), (first.Text("moreResult"), second.Text("moreResult")));
        Assert.Equal([12, 12, 12, 13], Result(first).Concat(Result(second)).Select(activity => (int)activity["activityTypeId"]!));
        Assert.Equal("Boss", Result(second).Last()["fields"]![0]!["newValue"]!.ToString());
        Assert.Equal($"[{ids[1]}]", Result(merges).Single()["attributes"]![0]!["value"]!.ToString());
        Assert.Equal([ids[1], ids[2]], Result(deleted).Select(activity => activity["leadId"]!.ToString()));
        Assert.Equal("1003", Code(expired));
    }

    [Fact]
    public async Task An_export_is_created_queued_and_fetched_when_it_is_done()
    {
        await using var server = await StartAsync();
        using var client = await SignedInAsync(server);
        await client.PostAsync(Leads, """{"input":[{"email":"a@example.com","lastName":"O,\"Brien\""},{"email":"b@example.com"}]}""");
        var day = Vendor(server).Clock.Now;
        string Body(int days) => $$$$"""{"fields":["email","lastName"],"filter":{"createdAt":{"startAt":"{{{{day.AddDays(-days):yyyy-MM-dd}}}}T00:00:00Z","endAt":"{{{{day.AddDays(1):yyyy-MM-dd}}}}T00:00:00Z"}}}""";

        var tooLong = await client.PostAsync("/bulk/v1/leads/export/create.json", Body(40));
        var id = (await client.PostAsync("/bulk/v1/leads/export/create.json", Body(5))).Json["result"]![0]!["exportId"]!.ToString();
        var early = await client.GetAsync($"/bulk/v1/leads/export/{id}/file.json");
        await client.SendAsync(HttpMethod.Post, $"/bulk/v1/leads/export/{id}/enqueue.json", null);
        var states = new List<string>();
        for (var n = 0; n < 3; n++)
            states.Add(Status(await client.GetAsync($"/bulk/v1/leads/export/{id}/status.json")));
        var file = await client.GetAsync($"/bulk/v1/leads/export/{id}/file.json");

        Assert.Equal(("1003", "1003"), (Code(tooLong), Code(early)));
        Assert.Equal(["Queued", "Processing", "Completed"], states);
        Assert.Equal("email,lastName\na@example.com,\"O,\"\"Brien\"\"\"\nb@example.com,null\n", file.Body);
    }

    [Fact]
    public async Task Too_many_records_too_large_a_body_and_too_long_an_address_are_refused_and_noted()
    {
        await using var server = await StartAsync(new() { LongestBody = 500, Batch = 3, LongestAddress = 400 });
        using var client = await SignedInAsync(server);

        var many = await client.PostAsync(Leads, """{"input":[{"email":"a@e.example"},{"email":"b@e.example"},{"email":"c@e.example"},{"email":"d@e.example"}]}""");
        var large = await client.PostAsync(Leads, $$"""{"input":[{"email":"a@e.example","title":"{{new string('x', 600)}}"}]}""");
        var far = await client.GetAsync($"{Leads}?filterType=email&filterValues={new string('x', 400)}");

        Assert.Equal(("1003", 413, 414), (Code(many), large.Status, far.Status));
        Assert.Equal(["batch", "size", "address"], Vendor(server).Stats.Violations.Select(v => v.Rule));
    }

    [Fact]
    public async Task The_same_people_are_seeded_whether_Marketo_is_there_or_not()
    {
        await using var server = await Started.WithAsync(new() { People = 300 });

        var people = server.Truth.People.Where(person => person.Ids("marketo").Any()).ToList();

        Assert.InRange(people.Count, 90, 210);
        Assert.All(people, person => Assert.NotNull(Vendor(server).Read("leads", person.Ids("marketo").First())));
        Assert.Equal(people.Sum(person => person.Ids("marketo").Count()), Vendor(server).Counts["leads"]);
        Assert.NotEqual(0, Vendor(server).Counts["companies"]);
    }

    private static MarketoSandbox Vendor(SandboxServer server) => server.Vendor<MarketoSandbox>();

    private static Task<SandboxServer> StartAsync(MarketoOptions? options = null) => Started.WithAsync(new() { SeedData = false, Others = [options ?? new()] });

    private static async Task<VendorClient> SignedInAsync(SandboxServer server)
    {
        var client = VendorClient.Of(Vendor(server));
        var answer = await client.FormAsync("/identity/oauth/token", new() { ["grant_type"] = "client_credentials", ["client_id"] = Vendor(server).ClientId, ["client_secret"] = Vendor(server).ClientSecret });
        client.Headers.Authorization = new("Bearer", answer.Text("access_token"));
        return client;
    }

    private static string Status(Reply reply) => reply.Json["result"]![0]!["status"]!.ToString();

    private static string Code(Reply reply) => reply.Json["errors"]![0]!["code"]!.ToString();

    private static IEnumerable<JsonNode> Result(Reply reply) => reply.Json["result"]!.AsArray()!;

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
