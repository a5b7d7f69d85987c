namespace StackHub.Sandbox.Tests.Intercom;

public sealed class IntercomTests
{
    [Fact]
    public async Task A_contact_is_created_updated_found_and_deleted()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfIntercom(server);

        var created = await client.PostAsync("/contacts", """{"role":"user","external_id":"u-1","email":"a@example.com","custom_attributes":{"lead_score":5}}""");
        var updated = await client.PutAsync($"/contacts/{created.Text("id")}", """{"name":"Ada","unsubscribed_from_emails":true}""");
        var found = await client.GetAsync("/contacts/find_by_external_id/u-1");
        var search = await client.PostAsync("/contacts/search", """{"query":{"field":"email","operator":"=","value":"A@example.com"},"pagination":{"per_page":5}}""");
        var deleted = await client.DeleteAsync($"/contacts/{created.Text("id")}");
        var gone = await client.GetAsync($"/contacts/{created.Text("id")}");

        Assert.Equal((200, 200, 200, 200, 200, 404), (created.Status, updated.Status, found.Status, search.Status, deleted.Status, gone.Status));
        Assert.Equal(("Ada", "5", "1"), (found.Text("name"), found.Json["custom_attributes"]!["lead_score"]!.ToString(), search.Text("total_count")));
        Assert.True((bool)deleted.Json["deleted"]!);
        Assert.Empty(server.Intercom.Stats.Violations);
    }

    [Theory]
    [InlineData("""{"role":"boss"}""", 400, "parameter_invalid")]
    [InlineData("""{"name":"nobody"}""", 400, "parameter_not_found")]
    [InlineData("""{"role":"user","custom_attributes":{"nope":1}}""", 400, "parameter_invalid")]
    [InlineData("""{"role":"user","custom_attributes":{"lead_score":"many"}}""", 400, "parameter_invalid")]
    [InlineData("""{"role":"user","shoe_size":44}""", 400, "bad_request")]
    [InlineData("""{"role":"user","email":"taken@example.com"}""", 409, "conflict")]
    public async Task A_bad_contact_is_refused_in_the_vendors_words(string json, int status, string code)
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfIntercom(server);
        await client.PostAsync("/contacts", """{"role":"user","email":"taken@example.com"}""");

        var reply = await client.PostAsync("/contacts", json);

        Assert.Equal((status, "error.list", code), (reply.Status, reply.Text("type"), reply.Json["errors"]![0]!["code"]!.ToString()));
    }

    [Fact]
    public async Task Searches_by_time_count_whole_days()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfIntercom(server);
        await client.PostAsync("/contacts", """{"role":"user","email":"a@example.com"}""");
        var now = server.Intercom.Clock.Now.ToUnixTimeSeconds();
        Task<Reply> After(string name, long time) => client.PostAsync("/contacts/search", $$"""{"query":{"operator":"AND","value":[{"field":"updated_at","operator":"{{name}}","value":{{time}} }]} }""");

        var sameDay = await After(">", now - (now % 86_400));
        var dayBefore = await After(">", now - (now % 86_400) - 1);
        var refused = await After(">=", now);

        Assert.Equal(("0", "1", 400), (sameDay.Text("total_count"), dayBefore.Text("total_count"), refused.Status));
    }

    [Fact]
    public async Task A_company_is_upserted_and_attached_once()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfIntercom(server);
        var contact = (await client.PostAsync("/contacts", """{"role":"user","email":"a@example.com"}""")).Text("id");

        var one = await client.PostAsync("/companies", """{"company_id":"c-1","name":"Acme"}""");
        var two = await client.PostAsync("/companies", """{"company_id":"c-1","name":"Acme Inc."}""");
        await client.PostAsync($"/contacts/{contact}/companies", $$"""{"id":"{{one.Text("id")}}"}""");
        await client.PostAsync($"/contacts/{contact}/companies", $$"""{"id":"{{one.Text("id")}}"}""");
        var attached = await client.GetAsync($"/contacts/{contact}/companies");
        var scroll = await client.GetAsync("/companies/scroll");
        var second = await client.GetAsync("/companies/scroll");

        Assert.Equal(one.Text("id"), two.Text("id"));
        Assert.Equal("1", attached.Text("total_count"));
        Assert.Single(attached.Json["companies"]!.AsArray());
        Assert.Equal((200, 400), (scroll.Status, second.Status));
    }

    [Fact]
    public async Task A_lead_merges_into_a_user_and_is_gone()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfIntercom(server);
        var lead = (await client.PostAsync("/contacts", """{"role":"lead","email":"a@example.com","phone":"1"}""")).Text("id");
        var user = (await client.PostAsync("/contacts", """{"role":"user","email":"a@example.com"}""")).Text("id");

        var merged = await client.PostAsync("/contacts/merge", $$"""{"from":"{{lead}}","into":"{{user}}"}""");
        var gone = await client.GetAsync($"/contacts/{lead}");

        Assert.Equal((200, "1", 404), (merged.Status, merged.Text("phone"), gone.Status));
    }

    [Fact]
    public async Task A_call_without_the_version_is_noted_and_a_wrong_token_is_refused()
    {
        await using var server = await Started.EmptyAsync();
        using var client = VendorClient.OfIntercom(server);
        client.Headers.Remove("Intercom-Version");

        await client.GetAsync("/me");
        client.Headers.Authorization = new("Bearer", "wrong");
        var refused = await client.GetAsync("/me");

        Assert.Equal("version", Assert.Single(server.Intercom.Stats.Violations).Rule);
        Assert.Equal((401, "unauthorized"), (refused.Status, refused.Json["errors"]![0]!["code"]!.ToString()));
    }

    [Fact]
    public async Task The_slice_of_the_clock_is_full_and_then_turns()
    {
        await using var server = await Started.WithAsync(new() { SeedData = false, Intercom = new() { SliceCalls = 2, Slice = TimeSpan.FromHours(10) } });
        using var client = VendorClient.OfIntercom(server);

        var statuses = new List<int> { (await client.GetAsync("/me")).Status, (await client.GetAsync("/me")).Status, (await client.GetAsync("/me")).Status };
        server.Intercom.Clock.Advance(TimeSpan.FromHours(10));
        var later = await client.GetAsync("/me");

        Assert.Equal([200, 200, 429], statuses);
        Assert.Equal((200, "1"), (later.Status, later.Header("X-RateLimit-Remaining")));
    }
}
