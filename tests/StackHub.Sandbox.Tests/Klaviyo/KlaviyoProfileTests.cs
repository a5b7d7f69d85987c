using StackHub.Sandbox.Vendors.Klaviyo;

namespace StackHub.Sandbox.Tests.Klaviyo;

public sealed class KlaviyoProfileTests
{
    [Theory]
    [InlineData(null, 400, "missing_revision")]
    [InlineData("latest", 400, "invalid_revision")]
    [InlineData("2019-01-01", 400, "invalid_revision")]
    [InlineData("2030-01-01", 400, "invalid_revision")]
    [InlineData("2025-01-15", 404, "not_found")]
    public async Task A_call_needs_a_living_revision(string? revision, int status, string code)
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);
        client.Headers.Remove("revision");
        if (revision is not null)
            client.Headers.Add("revision", revision);

        var reply = await client.GetAsync("/api/profiles/01X");

        Assert.Equal((status, code), (reply.Status, reply.Code()));
    }

    [Fact]
    public async Task Another_media_type_key_or_accept_is_refused()
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);

        var type = await client.PostAsync("/api/profiles", "{}", "text/plain");
        client.Headers.Remove("Accept");
        client.Headers.Add("Accept", "text/html");
        var accept = await client.GetAsync("/api/profiles");
        client.Headers.Authorization = new("Klaviyo-API-Key", "pk_other");
        var key = await client.GetAsync("/api/profiles");

        Assert.Equal((415, 406, 401), (type.Status, accept.Status, key.Status));
        Assert.Equal("content-type", Assert.Single(server.Vendor<KlaviyoSandbox>().Stats.Violations).Rule);
    }

    [Fact]
    public async Task Null_clears_and_what_is_absent_stays()
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);
        var id = (await client.CreateAsync("""{"email":"A@Example.com","first_name":"Ada","last_name":"L","properties":{"a":1,"b":[2]},"location":{"city":"X"}}""")).Id();

        var reply = await client.PatchAsync($"/api/profiles/{id}", $$$$$"""{"data":{"type":"profile","id":"{{{{{id}}}}}","attributes":{"first_name":null,"properties":{"a":null}}}}""");

        Assert.Equal((200, "a@example.com", null, "L"), (reply.Status, reply.Attribute("email"), reply.Attribute("first_name"), reply.Attribute("last_name")));
        Assert.Equal("""{"b":[2]}""", reply.Json["data"]!["attributes"]!["properties"]!.ToJsonString());
        Assert.Equal("X", reply.Json["data"]!["attributes"]!["location"]!["city"]!.ToString());
    }

    [Theory]
    [InlineData("""{"first_name":"nobody"}""", 400, "/data/attributes")]
    [InlineData("""{"email":"nobody"}""", 400, "/data/attributes/email")]
    [InlineData("""{"email":"a@example.com","phone_number":"555"}""", 400, "/data/attributes/phone_number")]
    [InlineData("""{"email":"a@example.com","subscriptions":{}}""", 400, "/data/attributes/subscriptions")]
    [InlineData("""{"email":"a@example.com","first_name":5}""", 400, "/data/attributes/first_name")]
    [InlineData("""{"email":"a@example.com","location":{"planet":"x"}}""", 400, "/data/attributes/location/planet")]
    public async Task A_bad_profile_is_refused_with_a_pointer(string attributes, int status, string place)
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);

        var reply = await client.CreateAsync(attributes);

        Assert.Equal((status, "invalid", place), (reply.Status, reply.Code(), reply.Json["errors"]![0]!["source"]!["pointer"]!.ToString()));
    }

    [Fact]
    public async Task A_duplicate_names_the_other_profile()
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);
        var first = (await client.CreateAsync("""{"email":"a@example.com"}""")).Id();

        var second = await client.CreateAsync("""{"email":"A@example.com"}""");

        Assert.Equal((409, "duplicate_profile", first), (second.Status, second.Code(), second.Json["errors"]![0]!["meta"]!["duplicate_profile_id"]!.ToString()));
    }

    [Fact]
    public async Task An_import_takes_over_whoever_has_the_phone_and_conflicts_over_two()
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);
        var mother = (await client.CreateAsync("""{"email":"mother@example.com","phone_number":"+15551234567"}""")).Id();

        var son = await client.ImportAsync("""{"email":"son@example.com","phone_number":"+15551234567"}""");
        var made = await client.ImportAsync("""{"email":"new@example.com"}""");
        var both = await client.ImportAsync("""{"email":"new@example.com","phone_number":"+15551234567"}""");

        Assert.Equal((200, mother, "son@example.com"), (son.Status, son.Id(), son.Attribute("email")));
        Assert.Equal((201, 409), (made.Status, both.Status));
    }

    [Fact]
    public async Task Pages_go_on_by_cursor_which_serves_its_own_question_only_and_gets_old()
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);
        for (var i = 0; i < 5; i++)
            await client.CreateAsync($$"""{"email":"p{{i}}@example.com"}""");

        var one = await client.GetAsync("/api/profiles?page%5Bsize%5D=2&sort=updated");
        var next = one.Json["links"]!["next"]!.ToString();
        var two = await client.GetAsync(new Uri(next).PathAndQuery);
        var other = await client.GetAsync(new Uri(next).PathAndQuery.Replace("sort=updated", "sort=created", StringComparison.Ordinal));
        server.Vendor<KlaviyoSandbox>().Clock.Advance(TimeSpan.FromHours(2));
        var old = await client.GetAsync(new Uri(next).PathAndQuery);
        var tooMany = await client.GetAsync("/api/profiles?page%5Bsize%5D=101");

        Assert.Equal(4, one.Ids().Concat(two.Ids()).Distinct().Count());
        Assert.Equal((400, 400, 400), (other.Status, old.Status, tooMany.Status));
        Assert.Equal("page[cursor]", old.Json["errors"]![0]!["source"]!["parameter"]!.ToString());
    }

    [Theory]
    [InlineData("any(email,[\"a@example.com\",\"nobody@example.com\"])", 1)]
    [InlineData("equals(external_id,\"x\\\"1\")", 1)]
    [InlineData("and(greater-than(updated,2020-01-01T00:00:00Z),less-than(updated,2099-01-01T00:00:00Z))", 2)]
    [InlineData("greater-than(updated,2099-01-01T00:00:00Z)", 0)]
    [InlineData("greater-than(created,2020-01-01T00:00:00Z),any(phone_number,[\"+15551234567\"])", 1)]
    public async Task Filters_find(string filter, int count)
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);
        await client.CreateAsync("""{"email":"a@example.com","phone_number":"+15551234567"}""");
        await client.CreateAsync("""{"external_id":"x\"1"}""");

        Assert.Equal(count, (await client.ListAsync(filter)).Ids().Count());
    }

    [Theory]
    [InlineData("greater-or-equal(updated,2020-01-01T00:00:00Z)")]
    [InlineData("equals(first_name,\"a\")")]
    [InlineData("greater-than(updated,yesterday)")]
    [InlineData("any(email,[\"a\"")]
    [InlineData("nonsense")]
    public async Task A_filter_that_is_not_allowed_is_refused(string filter)
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);

        var reply = await client.ListAsync(filter);

        Assert.Equal((400, "filter"), (reply.Status, reply.Json["errors"]![0]!["source"]!["parameter"]!.ToString()));
    }

    [Fact]
    public async Task A_late_index_shows_in_every_filter_but_that_by_id()
    {
        await using var server = await Started.EmptyAsync();
        using var client = new KlaviyoClient(server);
        var vendor = server.Vendor<KlaviyoSandbox>();
        vendor.Faults.SearchLag = TimeSpan.FromMinutes(1);
        var id = (await client.CreateAsync("""{"email":"a@example.com"}""")).Id();

        var (byId, byEmail) = (await client.ListAsync($"any(id,[\"{id}\"])"), await client.ListAsync("equals(email,\"a@example.com\")"));
        vendor.Clock.Advance(TimeSpan.FromMinutes(2));
        var later = await client.ListAsync("equals(email,\"a@example.com\")");

        Assert.Equal((1, 0, 1), (byId.Ids().Count(), byEmail.Ids().Count(), later.Ids().Count()));
    }

    [Fact]
    public async Task Each_endpoint_has_its_own_burst_and_steady_limit()
    {
        await using var server = await Started.WithAsync(new() { SeedData = false, Others = [new KlaviyoOptions { Large = (2, 3) }] });
        using var client = new KlaviyoClient(server);
        var clock = server.Vendor<KlaviyoSandbox>().Clock;
        Task<Reply> List() => client.GetAsync("/api/profiles");

        int[] burst = [(await List()).Status, (await List()).Status, (await List()).Status];
        var other = await client.GetAsync("/api/lists/Y6nRLr");
        clock.Advance(TimeSpan.FromSeconds(2));
        var third = await List();
        var steady = await List();

        Assert.Equal([200, 200, 429], burst);
        Assert.Equal((200, 200, 429), (other.Status, third.Status, steady.Status));
        Assert.Equal("throttled", steady.Code());
        Assert.InRange(int.Parse(steady.Header("Retry-After")), 50, 60);
        Assert.Equal("0", steady.Header("RateLimit-Remaining"));
    }
}
