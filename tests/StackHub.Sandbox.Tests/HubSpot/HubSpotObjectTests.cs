namespace StackHub.Sandbox.Tests.HubSpot;

public sealed class HubSpotObjectTests
{
    private const string Contacts = "/crm/v3/objects/contacts";

    [Fact]
    public async Task An_upsert_by_an_own_unique_property_creates_then_updates()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        const string body = """{"inputs":[{"idProperty":"stackhub_id","id":"p-1","properties":{"email":"Ada@Example.com","firstname":"Ada"}}]}""";

        var created = await client.PostAsync($"{Contacts}/batch/upsert", body);
        var updated = await client.PostAsync("/crm/objects/2026-03/contacts/batch/upsert", body);

        Assert.Equal((200, 200), (created.Status, updated.Status));
        Assert.Equal((true, false), ((bool)created.Json["results"]![0]!["new"]!, (bool)updated.Json["results"]![0]!["new"]!));
        Assert.Equal("ada@example.com", created.Json["results"]![0]!["properties"]!["email"]!.ToString());
        Assert.Equal(1, server.HubSpot.Counts["contacts"]);
    }

    [Theory]
    [InlineData("""{"properties":{"nope":"1"}}""", "PROPERTY_DOESNT_EXIST")]
    [InlineData("""{"properties":{"email":"not-an-address"}}""", "INVALID_EMAIL")]
    [InlineData("""{"properties":{"lifecyclestage":"boss"}}""", "INVALID_OPTION")]
    [InlineData("""{"properties":{"lead_score":"many"}}""", "INVALID_NUMBER")]
    [InlineData("""{"properties":{"contract_end":"2026-01-01T10:00:00Z"}}""", "INVALID_DATE")]
    [InlineData("""{"properties":{"createdate":"2026-01-01"}}""", "READ_ONLY_VALUE")]
    [InlineData("""{"props":{}}""", "properties")]
    public async Task A_bad_contact_is_refused_in_the_vendors_words(string json, string expected)
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);

        var reply = await client.PostAsync(Contacts, json);

        Assert.Equal((400, "VALIDATION_ERROR"), (reply.Status, reply.Text("category")));
        Assert.Contains(expected, reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_contact_with_the_address_names_the_first()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        var first = await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com"}}""");

        var second = await client.PostAsync(Contacts, """{"properties":{"email":"A@EXAMPLE.COM"}}""");
        var batch = await client.PostAsync($"{Contacts}/batch/create", """{"inputs":[{"properties":{"email":"b@example.com"}},{"properties":{"email":"a@example.com"}}]}""");

        Assert.Equal((201, 409, 409), (first.Status, second.Status, batch.Status));
        Assert.EndsWith($"Existing ID: {first.Text("id")}", second.Text("message"), StringComparison.Ordinal);
        Assert.Equal(1, server.HubSpot.Counts["contacts"]);
    }

    [Fact]
    public async Task A_lifecycle_stage_goes_forward_only_unless_cleared_first()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        var id = (await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com","lifecyclestage":"customer"}}""")).Text("id");

        var back = await client.PatchAsync($"{Contacts}/{id}", """{"properties":{"lifecyclestage":"lead"}}""");
        await client.PatchAsync($"{Contacts}/{id}", """{"properties":{"lifecyclestage":""}}""");
        var again = await client.PatchAsync($"{Contacts}/{id}", """{"properties":{"lifecyclestage":"lead"}}""");

        Assert.Equal((200, "customer"), (back.Status, back.Json["properties"]!["lifecyclestage"]!.ToString()));
        Assert.Equal("lead", again.Json["properties"]!["lifecyclestage"]!.ToString());
    }

    [Fact]
    public async Task A_batch_read_gives_history_and_names_what_is_missing()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        var id = (await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com","jobtitle":"Old"}}""")).Text("id");
        server.HubSpot.Edit(new("update", "contacts", id) { Fields = new Dictionary<string, string?> { ["jobtitle"] = "New" } });

        var reply = await client.PostAsync($"{Contacts}/batch/read", $$"""{"inputs":[{"id":"{{id}}"},{"id":"1"}],"properties":["jobtitle"],"propertiesWithHistory":["jobtitle"]}""");

        Assert.Equal((207, "1"), (reply.Status, reply.Text("numErrors")));
        var history = reply.Json["results"]![0]!["propertiesWithHistory"]!["jobtitle"]!.AsArray();
        Assert.Equal(["New/CRM_UI", "Old/INTEGRATION"], history.Select(version => $"{version!["value"]}/{version["sourceType"]}"));
        Assert.Equal("1", reply.Json["errors"]![0]!["context"]!["ids"]![0]!.ToString());
    }

    [Fact]
    public async Task A_search_lags_behind_and_a_read_by_id_does_not()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        server.HubSpot.Faults.SearchLag = TimeSpan.FromMinutes(5);
        const string search = """{"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"a@example.com"}]}],"sorts":["lastmodifieddate"],"properties":["email"],"limit":10,"after":"0"}""";
        var id = (await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com"}}""")).Text("id");

        var early = await client.PostAsync($"{Contacts}/search", search);
        var read = await client.GetAsync($"{Contacts}/{id}");
        server.HubSpot.Clock.Advance(TimeSpan.FromMinutes(6));
        var late = await client.PostAsync($"{Contacts}/search", search);

        Assert.Equal(("0", 200, "1"), (early.Text("total"), read.Status, late.Text("total")));
    }

    [Fact]
    public async Task A_search_never_goes_beyond_its_window()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);

        var reply = await client.PostAsync($"{Contacts}/search", """{"filterGroups":[],"sorts":[],"properties":[],"limit":200,"after":"9900"}""");

        Assert.Equal(400, reply.Status);
        Assert.Equal("search-window", Assert.Single(server.HubSpot.Stats.Violations).Rule);
    }

    [Fact]
    public async Task An_association_leaves_the_modified_date_alone()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        var contact = await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com"}}""");
        var company = (await client.PostAsync("/crm/v3/objects/companies", """{"properties":{"name":"Acme","domain":"acme.example.com"}}""")).Text("id");
        server.HubSpot.Clock.Advance(TimeSpan.FromMinutes(1));

        var link = await client.PostAsync("/crm/v4/associations/contacts/companies/batch/associate/default", $$"""{"inputs":[{"from":{"id":"{{contact.Text("id")}}"},"to": {"id":"{{company}}"} }]}""");
        var read = await client.GetAsync($"{Contacts}/{contact.Text("id")}?associations=companies&properties=associatedcompanyid");

        Assert.Equal(200, link.Status);
        Assert.Equal(contact.Text("updatedAt"), read.Text("updatedAt"));
        Assert.Equal(company, read.Json["properties"]!["associatedcompanyid"]!.ToString());
        Assert.Equal(company, read.Json["associations"]!["companies"]!["results"]![0]!["id"]!.ToString());
    }

    [Fact]
    public async Task A_merged_contact_is_found_under_both_ids_and_both_addresses()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        var primary = (await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com"}}""")).Text("id");
        var loser = (await client.PostAsync(Contacts, """{"properties":{"email":"b@example.com","phone":"1"}}""")).Text("id");

        var merged = await client.PostAsync($"{Contacts}/merge", $$"""{"primaryObjectId":"{{primary}}","objectIdToMerge":"{{loser}}"}""");
        var byOldId = await client.GetAsync($"{Contacts}/{loser}?properties=phone");
        var byOldAddress = await client.GetAsync($"{Contacts}/b@example.com?idProperty=email");

        Assert.Equal(loser, merged.Json["properties"]!["hs_merged_object_ids"]!.ToString());
        Assert.Equal((primary, "1", primary), (byOldId.Text("id"), byOldId.Json["properties"]!["phone"]!.ToString(), byOldAddress.Text("id")));
    }

    [Fact]
    public async Task Contacts_tied_to_each_other_can_be_merged()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        var primary = (await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com"}}""")).Text("id");
        var loser = (await client.PostAsync(Contacts, """{"properties":{"email":"b@example.com"}}""")).Text("id");
        await client.PutAsync($"/crm/v4/objects/contacts/{primary}/associations/default/contacts/{loser}", "");

        await client.PostAsync($"{Contacts}/merge", $$"""{"primaryObjectId":"{{primary}}","objectIdToMerge":"{{loser}}"}""");

        Assert.Empty(server.HubSpot.Read("contacts", primary)!["associations"]!.AsArray());
    }

    [Fact]
    public async Task An_erased_address_cannot_come_back()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);

        var erase = await client.PostAsync($"{Contacts}/gdpr-delete", """{"idProperty":"email","objectId":"never@example.com"}""");
        var create = await client.PostAsync(Contacts, """{"properties":{"email":"never@example.com"}}""");

        Assert.Equal((204, 400), (erase.Status, create.Status));
    }

    [Fact]
    public async Task Consent_is_written_and_read_in_both_versions()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        await client.PostAsync(Contacts, """{"properties":{"email":"a@example.com"}}""");

        var set = await client.PostAsync("/communication-preferences/v4/statuses/a@example.com", """{"subscriptionId":7,"statusState":"SUBSCRIBED","channel":"EMAIL"}""");
        var all = await client.PostAsync("/communication-preferences/v4/statuses/a@example.com/unsubscribe-all?channel=EMAIL", "{}");
        var read = await client.GetAsync("/communication-preferences/v3/status/email/a@example.com");
        var contact = await client.GetAsync($"{Contacts}/a@example.com?idProperty=email&properties=hs_email_optout");

        Assert.Equal((200, 200), (set.Status, all.Status));
        Assert.All(read.Json["subscriptionStatuses"]!.AsArray(), status => Assert.Equal("NOT_SUBSCRIBED", status!["status"]!.ToString()));
        Assert.Equal("true", contact.Json["properties"]!["hs_email_optout"]!.ToString());
    }

    [Fact]
    public async Task The_refresh_token_gives_an_access_token_and_a_bad_one_does_not()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfHubSpot(server);
        var known = server.HubSpot.Credentials;
        Dictionary<string, string> form = new() { ["grant_type"] = "refresh_token", ["client_id"] = known.ClientId, ["client_secret"] = known.ClientSecret, ["refresh_token"] = known.RefreshToken };

        var good = await client.FormAsync("/oauth/v1/token", form);
        var bad = await client.FormAsync("/oauth/v1/token", new(form) { ["refresh_token"] = "x" });
        client.Headers.Authorization = new("Bearer", good.Text("access_token"));
        var before = await client.GetAsync(Contacts);
        server.HubSpot.ExpireTokens();
        var after = await client.GetAsync(Contacts);

        Assert.Equal((200, 400, 200, 401), (good.Status, bad.Status, before.Status, after.Status));
        Assert.Equal("EXPIRED_AUTHENTICATION", after.Text("category"));
    }
}
