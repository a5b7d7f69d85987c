using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo;

namespace StackHub.Sandbox.Tests.Klaviyo;

/// <summary>What Klaviyo does later: imports, consents, deletions, merges, webhooks.</summary>
public sealed class KlaviyoJobTests : IAsyncLifetime
{
    private SandboxServer server = null!;
    private KlaviyoClient client = null!;

    private KlaviyoSandbox Vendor => server.Vendor<KlaviyoSandbox>();

    public async ValueTask InitializeAsync()
    {
        server = await Started.WithAsync(new() { SeedData = false, Others = [new KlaviyoOptions { JobTime = TimeSpan.FromMinutes(1), DeletionTime = TimeSpan.FromMinutes(1) }] });
        client = new(server);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_import_is_accepted_done_later_and_tells_only_its_errors()
    {
        var job = await client.PostAsync("/api/profile-bulk-import-jobs", """{"data":{"type":"profile-bulk-import-job","attributes":{"profiles":{"data":[{"type":"profile","attributes":{"email":"a@example.com"}},{"type":"profile","attributes":{"email":"nobody"}}]}}}}""");
        var before = (job.Attribute("status"), Vendor.Counts["profiles"]);
        Pass();
        var after = await client.GetAsync($"/api/profile-bulk-import-jobs/{job.Id()}");
        var errors = await client.GetAsync($"/api/profile-bulk-import-jobs/{job.Id()}/import-errors");

        Assert.Equal((202, ("queued", 0)), (job.Status, before));
        Assert.Equal(("complete", "2", "1", "1"), (after.Attribute("status"), after.Attribute("total_count"), after.Attribute("completed_count"), after.Attribute("failed_count")));
        Assert.Equal("nobody", Assert.Single(errors.Json["data"]!.AsArray())!["attributes"]!["original_payload"]!["attributes"]!["email"]!.ToString());
        Assert.Equal(1, Vendor.Counts["profiles"]);
    }

    [Fact]
    public async Task An_unsubscription_without_a_list_is_from_everything_and_noted()
    {
        var id = await PersonAsync("subscribe");

        var reply = await client.PostAsync("/api/profile-subscription-bulk-delete-jobs", Unsubscribe(list: null));
        Pass();

        Assert.Equal((202, ""), (reply.Status, reply.Body));
        Assert.Equal("UNSUBSCRIBED", Marketing(id)["consent"]!.ToString());
        Assert.Equal("empty-selector", Assert.Single(Vendor.Stats.Violations).Rule);
    }

    [Theory]
    [InlineData("subscribe", "SUBSCRIBED", 1)]
    [InlineData("suppress", "UNSUBSCRIBED", 0)]
    public async Task Who_is_in_the_list_leaves_it_and_who_is_not_leaves_everything(string before, string consent, int leftLists)
    {
        var id = await PersonAsync(before);

        await client.PostAsync("/api/profile-subscription-bulk-delete-jobs", Unsubscribe(Vendor.ListId));
        Pass();

        Assert.Equal((consent, leftLists), (Marketing(id)["consent"]!.ToString(), Marketing(id)["list_suppressions"]!.AsArray().Count));
        Assert.Empty(Vendor.Stats.Violations);
    }

    [Fact]
    public async Task Only_what_a_user_suppressed_is_unsuppressed()
    {
        var (ours, bounced) = (await PersonAsync("suppress", "a@example.com"), await PersonAsync("bounce", "b@example.com"));

        await client.PostAsync("/api/profile-suppression-bulk-delete-jobs", """{"data":{"type":"profile-suppression-bulk-delete-job","attributes":{"profiles":{"data":[{"type":"profile","attributes":{"email":"a@example.com"}},{"type":"profile","attributes":{"email":"b@example.com"}}]}}}}""");
        Pass();

        Assert.Equal((true, false), ((bool)Marketing(ours)["can_receive_email_marketing"]!, (bool)Marketing(bounced)["can_receive_email_marketing"]!));
    }

    [Theory]
    [InlineData("profile-suppression-bulk-create-job", """{"profiles":{"data":[]}}""")]
    [InlineData("profile-suppression-bulk-create-job", "{}")]
    [InlineData("profile-subscription-bulk-create-job", """{"profiles":{"data":[]}}""")]
    public async Task A_job_about_nobody_is_refused(string type, string attributes)
    {
        var reply = await client.PostAsync($"/api/{type}s", "{\"data\":{\"type\":\"" + type + "\",\"attributes\":" + attributes + "}}");

        Assert.Equal(400, reply.Status);
    }

    [Theory]
    [InlineData("\"id\":\"{id}\",\"attributes\":{}", 202, 0)]
    [InlineData("\"attributes\":{\"email\":\"a@example.com\"}", 202, 0)]
    [InlineData("\"id\":\"{id}\",\"attributes\":{\"email\":\"a@example.com\"}", 400, 1)]
    [InlineData("\"attributes\":{}", 400, 1)]
    public async Task A_deletion_has_exactly_one_identifier(string identifiers, int status, int left)
    {
        var id = await PersonAsync("subscribe");

        var reply = await client.PostAsync("/api/data-privacy-deletion-jobs", "{\"data\":{\"type\":\"data-privacy-deletion-job\",\"attributes\":{\"profile\":{\"data\":{\"type\":\"profile\"," + identifiers.Replace("{id}", id, StringComparison.Ordinal) + "}}}}}");
        var before = Vendor.Counts["profiles"];
        Pass();

        Assert.Equal((status, 1, left), (reply.Status, before, Vendor.Counts["profiles"]));
    }

    [Fact]
    public async Task A_merge_keeps_the_destinations_values_and_deletes_the_source()
    {
        var source = (await client.CreateAsync("""{"email":"old@example.com","external_id":"x","title":"CEO"}""")).Id();
        var into = (await client.CreateAsync("""{"email":"new@example.com"}""")).Id();

        var reply = await client.PostAsync("/api/profile-merge", $$$$$"""{"data":{"type":"profile-merge","id":"{{{{{into}}}}}","relationships":{"profiles":{"data":[{"type":"profile","id":"{{{{{source}}}}}"}]}}}}""");
        Pass();
        var survivor = await client.GetAsync($"/api/profiles/{into}");
        var gone = await client.GetAsync($"/api/profiles/{source}");

        Assert.Equal((201, 404), (reply.Status, gone.Status));
        Assert.Equal(("new@example.com", "x", "CEO"), (survivor.Attribute("email"), survivor.Attribute("external_id"), survivor.Attribute("title")));
    }

    [Fact]
    public async Task A_webhook_is_signed_over_its_body_and_time_and_names_the_profile()
    {
        await using var receiver = await Receiver.StartAsync();
        Vendor.Webhooks.Target = receiver.Address;

        var id = await PersonAsync("unsubscribe");
        await Vendor.WebhooksDeliveredAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var (body, headers) = Assert.Single(receiver.Posts);
        var item = Assert.Single(JsonNode.Parse(body)!["data"]!.AsArray())!;
        Assert.Equal(KlaviyoSignature.Of(Vendor.Webhooks.Secret, body, headers["Klaviyo-Timestamp"]), headers["Klaviyo-Signature"]);
        Assert.Equal("event:klaviyo.unsubscribed_from_email_marketing", item["topic"]!.ToString());
        Assert.Equal(id, item["payload"]!["data"]!["relationships"]!["profile"]!["data"]!["id"]!.ToString());
    }

    private async Task<string> PersonAsync(string action, string email = "a@example.com")
    {
        var id = (await client.CreateAsync($$"""{"email":"{{email}}"}""")).Id();
        Vendor.Edit(new VendorEdit(action, "profiles", id));
        return id;
    }

    private JsonNode Marketing(string id) => Vendor.Read("profiles", id)!["attributes"]!["subscriptions"]!["email"]!["marketing"]!;

    private void Pass() => Vendor.Clock.Advance(TimeSpan.FromMinutes(2));

    private static string Unsubscribe(string? list)
    {
        var related = list is null ? "" : ",\"relationships\":{\"list\":{\"data\":{\"type\":\"list\",\"id\":\"" + list + "\"}}}";
        return "{\"data\":{\"type\":\"profile-subscription-bulk-delete-job\",\"attributes\":{\"profiles\":{\"data\":[{\"type\":\"profile\",\"attributes\":{\"email\":\"a@example.com\",\"subscriptions\":{\"email\":{\"marketing\":{\"consent\":\"UNSUBSCRIBED\"}}}}}]}}" + related + "}}";
    }
}
