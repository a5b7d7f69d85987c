using System.Globalization;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk;

namespace StackHub.Sandbox.Tests.Zendesk;

public sealed class ZendeskTests
{
    [Fact]
    public async Task A_user_is_created_updated_shown_deleted_and_erased()
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);

        var created = await client.PostAsync("/api/v2/users", """{"user":{"name":"Ada","email":"A@example.com","external_id":"Hub-1","user_fields":{"job_title":"CTO","nonsense":"x"}}}""");
        var id = IdOf(created, "user");
        var shown = await client.GetAsync("/api/v2/users/show_many?external_ids=HUB-1");
        var deleted = await client.DeleteAsync($"/api/v2/users/{id}");
        var notYet = await client.GetAsync($"/api/v2/users/{id}/compliance_deletion_statuses");
        var erased = await client.DeleteAsync($"/api/v2/deleted_users/{id}");
        server.Vendor<ZendeskSandbox>().Clock.Advance(TimeSpan.FromSeconds(5));
        var statuses = await client.GetAsync($"/api/v2/users/{id}/compliance_deletion_statuses");
        var gone = await client.GetAsync($"/api/v2/users/{id}");

        Assert.Equal((201, 200, 200, 404, 200, 404), (created.Status, shown.Status, deleted.Status, notYet.Status, erased.Status, gone.Status));
        Assert.Equal("a@example.com", (string?)shown.Json["users"]![0]!["email"]);
        Assert.Equal("CTO", (string?)shown.Json["users"]![0]!["user_fields"]!["job_title"]);
        Assert.Null(shown.Json["users"]![0]!["user_fields"]!["nonsense"]); // dropped without a word
        Assert.False((bool)deleted.Json["user"]!["active"]!);
        Assert.Equal("Permanently Deleted User", (string?)erased.Json["deleted_user"]!["name"]);
        Assert.Equal(5, statuses.Json["compliance_deletion_statuses"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"user":{"email":"b@example.com"}}""", "name", "BlankValue")]
    [InlineData("""{"user":{"name":"B","email":"nowhere"}}""", "email", "InvalidFormat")]
    [InlineData("""{"user":{"name":"B","email":"TAKEN@example.com"}}""", "email", "DuplicateValue")]
    [InlineData("""{"user":{"name":"B","external_id":"TAKEN"}}""", "external_id", "DuplicateValue")]
    [InlineData("""{"user":{"name":"B","organization_id":4711}}""", "organization", "InvalidValue")]
    public async Task A_bad_user_is_refused_with_the_field_and_the_kind(string json, string field, string error)
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);
        await client.PostAsync("/api/v2/users", """{"user":{"name":"A","email":"taken@example.com","external_id":"taken"}}""");

        var reply = await client.PostAsync("/api/v2/users", json);

        Assert.Equal((422, "RecordInvalid", error), (reply.Status, reply.Text("error"), reply.Json["details"]![field]![0]!["error"]!.ToString()));
    }

    [Fact]
    public async Task An_address_in_an_update_is_added_and_has_to_be_put_first()
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);
        var id = IdOf(await client.PostAsync("/api/v2/users", """{"user":{"name":"A","email":"old@example.com"}}"""), "user");

        var updated = await client.PutAsync($"/api/v2/users/{id}", """{"user":{"email":"new@example.com"}}""");
        var identities = await client.GetAsync($"/api/v2/users/{id}/identities");
        var first = await client.SendAsync(HttpMethod.Put, $"/api/v2/users/{id}/identities/{identities.Json["identities"]![1]!["id"]}/make_primary", null);
        var shown = await client.GetAsync($"/api/v2/users/{id}");

        Assert.Equal("old@example.com", (string?)updated.Json["user"]!["email"]);
        Assert.Equal([false, true], first.Json["identities"]!.AsArray().Select(identity => (bool)identity!["primary"]!));
        Assert.Equal("new@example.com", (string?)shown.Json["user"]!["email"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_is_queued_then_works_then_has_a_row_a_record(bool asDescribed)
    {
        await using var server = await StartAsync(new() { JobDelay = TimeSpan.FromSeconds(10), AsDescribed = asDescribed });
        using var client = ClientOf(server);
        var clock = server.Vendor<ZendeskSandbox>().Clock;

        var started = await client.PostAsync("/api/v2/users/create_many", """{"users":[{"name":"A","email":"a@example.com"},{"name":"B","email":"bad"},{"name":"C","email":"A@example.com"}]}""");
        var path = $"/api/v2/job_statuses/{started.Json["job_status"]!["id"]}";
        clock.Advance(TimeSpan.FromSeconds(6));
        var working = await client.GetAsync(path);
        clock.Advance(TimeSpan.FromSeconds(6));
        var done = (await client.GetAsync(path)).Json["job_status"]!;
        clock.Advance(TimeSpan.FromHours(2));
        var forgotten = await client.GetAsync(path);

        Assert.Equal(("queued", "working", "completed", 404), ((string?)started.Json["job_status"]!["status"], (string?)working.Json["job_status"]!["status"], (string?)done["status"], forgotten.Status));
        Assert.Equal([null, "RecordInvalid", "RecordInvalid"], done["results"]!.AsArray().Select(row => (string?)row!["error"]));
        Assert.Equal(asDescribed ? [0, null, null] : (int?[])[0, 1, 2], done["results"]!.AsArray().Select(row => (int?)row!["index"]));
        Assert.Contains("already being used", (string)done["results"]![2]!["details"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_room_for_so_many_jobs_and_records_and_imports_must_be_allowed()
    {
        await using var server = await StartAsync(new() { JobDelay = TimeSpan.FromHours(1), JobLimit = 1, BulkImports = false });
        using var client = ClientOf(server);
        var many = string.Join(',', Enumerable.Range(0, 101).Select(number => $$"""{"id":{{number}} }"""));

        var imports = await client.PostAsync("/api/v2/users/create_many", """{"users":[{"name":"A"}]}""");
        var tooLarge = await client.SendAsync(HttpMethod.Put, "/api/v2/users/update_many", new StringContent($$"""{"users":[{{many}}]}""", System.Text.Encoding.UTF8, "application/json"));
        var first = await client.PutAsync("/api/v2/users/update_many", """{"users":[{"id":1}]}""");
        var second = await client.PutAsync("/api/v2/users/update_many", """{"users":[{"id":1}]}""");

        Assert.Equal((403, 422, 200, 429), (imports.Status, tooLarge.Status, first.Status, second.Status));
        Assert.Equal("TooManyJobs", second.Text("error"));
        Assert.Equal("batch", Assert.Single(server.Vendor<ZendeskSandbox>().Stats.Violations).Rule);
    }

    [Fact]
    public async Task Create_or_update_finds_by_address_too_and_takes_the_external_id()
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);
        var first = await client.PostAsync("/api/v2/users/create_or_update", """{"user":{"name":"A","email":"a@example.com","external_id":"theirs"}}""");

        var second = await client.PostAsync("/api/v2/users/create_or_update", """{"user":{"name":"A","email":"a@example.com","external_id":"ours"}}""");

        Assert.Equal((201, 200), (first.Status, second.Status));
        Assert.Equal("ours", (string?)second.Json["user"]!["external_id"]);
    }

    [Fact]
    public async Task Exports_hold_the_last_minute_back_and_are_ten_a_minute()
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);
        var sandbox = server.Vendor<ZendeskSandbox>();
        await client.PostAsync("/api/v2/users", """{"user":{"name":"A"}}""");
        var start = sandbox.Clock.Now.AddMinutes(-5).ToUnixTimeSeconds();
        var path = $"/api/v2/incremental/users/cursor?start_time={start}";

        var tooRecent = await client.GetAsync($"/api/v2/incremental/users/cursor?start_time={sandbox.Clock.Now.ToUnixTimeSeconds()}");
        var held = await client.GetAsync(path);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(61));
        var told = await client.GetAsync(path);
        var badCursor = await client.GetAsync($"{path}&cursor=nonsense");
        for (var call = 0; call < 8; call++)
            await client.GetAsync(path);
        var eleventh = await client.GetAsync(path);

        Assert.Equal((422, 200, 400, 429), (tooRecent.Status, held.Status, badCursor.Status, eleventh.Status));
        Assert.Empty(held.Json["users"]!.AsArray());
        Assert.Single(told.Json["users"]!.AsArray());
        Assert.StartsWith("Rate limit", eleventh.Body, StringComparison.Ordinal); // text, not JSON
        Assert.InRange(int.Parse(eleventh.Header("Retry-After"), CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("700", eleventh.Header("X-Rate-Limit"));
    }

    [Fact]
    public async Task Searches_lag_and_show_many_does_not()
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);
        var sandbox = server.Vendor<ZendeskSandbox>();
        sandbox.Faults.SearchLag = TimeSpan.FromMinutes(2);
        var id = IdOf(await client.PostAsync("/api/v2/users", """{"user":{"name":"A","email":"a@example.com"}}"""), "user");

        var shown = await client.GetAsync($"/api/v2/users/show_many?ids={id}");
        var early = await client.GetAsync("/api/v2/users/search?query=email:a@example.com");
        sandbox.Clock.Advance(TimeSpan.FromMinutes(3));
        var late = await client.GetAsync("/api/v2/users/search?query=email:a@example.com");

        Assert.Equal((1, 0, 1), (shown.Json["users"]!.AsArray().Count, early.Json["users"]!.AsArray().Count, late.Json["users"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_a_wrong_credential_is_refused()
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);
        const string Grant = """{"grant_type":"refresh_token","client_id":"sandbox-zd-client","client_secret":"sandbox-zd-client-secret","refresh_token":"sandbox-zd-refresh"}""";

        var first = await client.PostAsync("/oauth/tokens", Grant);
        var second = await client.PostAsync("/oauth/tokens", Grant);
        client.Headers.Authorization = new("Bearer", first.Text("access_token"));
        var good = await client.GetAsync("/api/v2/users");
        client.Headers.Authorization = new("Bearer", "wrong");
        var bad = await client.GetAsync("/api/v2/users");
        var anonymous = await client.GetAsync("/api/v2/users/me");

        Assert.Equal((201, 400, 200, 401, 200), (first.Status, second.Status, good.Status, bad.Status, anonymous.Status));
        Assert.NotEqual("sandbox-zd-refresh", first.Text("refresh_token"));
        Assert.Equal("end-user", (string?)anonymous.Json["user"]!["role"]);
    }

    [Fact]
    public async Task Organization_names_are_unique_and_domains_draw_users()
    {
        await using var server = await StartAsync();
        using var client = ClientOf(server);

        var created = await client.PostAsync("/api/v2/organizations", """{"organization":{"name":"Acme","domain_names":["acme.example"]}}""");
        var twin = await client.PostAsync("/api/v2/organizations", """{"organization":{"name":"ACME"}}""");
        var user = await client.PostAsync("/api/v2/users", """{"user":{"name":"A","email":"a@acme.example"}}""");
        var removed = await client.DeleteAsync($"/api/v2/organizations/{IdOf(created, "organization")}");
        var shown = await client.GetAsync($"/api/v2/users/{IdOf(user, "user")}");

        Assert.Equal((201, 422, 204), (created.Status, twin.Status, removed.Status));
        Assert.Equal(IdOf(created, "organization"), user.Json["user"]!["organization_id"]!.ToString());
        Assert.Null(shown.Json["user"]!["organization_id"]);
    }

    [Fact]
    public async Task Events_are_signed_over_timestamp_and_body()
    {
        await using var server = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var sandbox = server.Vendor<ZendeskSandbox>();
        sandbox.Webhooks.Target = receiver.Address;

        sandbox.Edit(new VendorEdit("create", "users") { Fields = new Dictionary<string, string?> { ["email"] = "a@example.com" } });
        await sandbox.WebhooksDeliveredAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        var post = Assert.Single(receiver.Posts);
        Assert.Equal(ZendeskSignature.Of(sandbox.WebhookSecret, post.Headers["X-Zendesk-Webhook-Signature-Timestamp"], post.Body), post.Headers["X-Zendesk-Webhook-Signature"]);
        Assert.Contains("\"type\":\"zen:event-type:user.created\"", post.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_is_seeded_with_its_share_of_the_truth()
    {
        await using var server = await Started.WithAsync(new() { People = 400 });
        using var client = ClientOf(server);

        var page = await client.GetAsync("/api/v2/users?role=end-user&page[size]=100");
        var rest = await client.GetAsync($"/api/v2/users?role=end-user&page[size]=100&page[after]={page.Json["meta"]!["after_cursor"]}");

        Assert.InRange(server.Vendor<ZendeskSandbox>().Counts["users"], 140, 220);
        Assert.Equal(100, page.Json["users"]!.AsArray().Count);
        Assert.True((bool)page.Json["meta"]!["has_more"]!);
        Assert.NotEqual((long)page.Json["users"]![0]!["id"]!, (long)rest.Json["users"]![0]!["id"]!);
        Assert.Empty(server.Vendor<ZendeskSandbox>().Stats.Violations);
    }

    private static Task<SandboxServer> StartAsync(ZendeskOptions? options = null) => Started.WithAsync(new() { SeedData = false, Others = [options ?? new()] });

    private static VendorClient ClientOf(SandboxServer server)
    {
        var client = VendorClient.Of(server.Vendor<ZendeskSandbox>());
        client.Headers.Authorization = new("Basic", Convert.ToBase64String("admin@sandbox.example/token:sandbox-zd-token"u8));
        return client;
    }

    private static string IdOf(Reply reply, string member) => reply.Json[member]!["id"]!.ToString();
}
