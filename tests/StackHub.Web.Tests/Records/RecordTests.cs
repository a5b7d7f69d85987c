using System.Net;
using System.Text.Json;
using StackHub.Identity.Matching;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Records;

public sealed class RecordTests
{
    private const string Email = "ada@lovelace.example";

    [Theory]
    [InlineData(Email)]
    [InlineData("ADA@Lovelace.example")]
    [InlineData("crm/contacts/7")]
    [InlineData("{0}")]
    public async Task A_record_is_found_by_what_a_person_would_type(string query)
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email), ("FirstName", "Ada"));

        var page = await hub.JsonAsync($"api/records?q={Uri.EscapeDataString(string.Format(null, query, id))}");

        var found = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(id.ToString(), found.GetProperty("id").GetString());
        Assert.Equal("person", found.GetProperty("kind").GetString());
        Assert.Equal("Ada", found.GetProperty("values").GetProperty("firstName").GetString());
        Assert.Equal("crm/contacts/7", found.GetProperty("links")[0].GetString());
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task What_is_not_there_is_an_empty_page()
    {
        await using var hub = await WebHub.StartAsync();

        Assert.Empty((await hub.JsonAsync("api/records?q=nobody@example.com")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_found_record_of_another_kind_is_left_out()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email));

        Assert.Empty((await hub.JsonAsync($"api/records?q={Email}&kind=account")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task All_records_are_listed_once_page_by_page()
    {
        await using var hub = await WebHub.StartAsync();
        var all = new HashSet<string>();
        for (var number = 0; number < 25; number++)
            all.Add((await hub.SeenAsync(WebHub.Crm, $"{number}", ("Email", $"p{number}@people.example"))).ToString());

        var listed = await Pages.AllAsync(hub, "api/records?kind=person&take=7");

        Assert.Equal(25, listed.Count);
        Assert.Equal(all, listed.Select(item => item.GetProperty("id").GetString()!).ToHashSet());
        Assert.Empty(await Pages.AllAsync(hub, "api/records?kind=opportunity&take=7"));
    }

    [Fact]
    public async Task A_record_is_got_by_its_id()
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email), ("Phone", null));

        var record = await hub.JsonAsync($"api/records/{id}");

        Assert.Equal(Email, record.GetProperty("values").GetProperty("email").GetString());
        Assert.False(record.GetProperty("contested").GetBoolean());
    }

    [Fact]
    public async Task A_merged_record_names_the_one_it_lives_on_in()
    {
        await using var hub = await WebHub.StartAsync();
        var survivor = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1)); // the older one lives on
        var loser = await hub.SeenAsync(WebHub.Crm, "2", ("Email", "b@two.example"));
        await hub.Get<RecordMerger>().MergeAsync(survivor, loser, "test", CancellationToken.None);

        Assert.Equal(survivor.ToString(), (await hub.JsonAsync($"api/records/{loser}")).GetProperty("mergedInto").GetString());
        Assert.Equal(2, (await hub.JsonAsync($"api/records/{survivor}")).GetProperty("links").GetArrayLength());
    }

    [Fact]
    public async Task Its_links_say_where_it_lives_and_since_when()
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email));

        var link = Assert.Single((await hub.JsonAsync($"api/records/{id}/links")).GetProperty("items").EnumerateArray());

        Assert.Equal("crm/contacts/7", link.GetProperty("ref").GetString());
        Assert.True(link.GetProperty("active").GetBoolean());
        Assert.Equal(hub.Parts.Time.GetUtcNow(), link.GetProperty("seenAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("api/records/{0}/explain")]
    [InlineData("api/explain?q=" + Email)]
    public async Task It_explains_itself(string path)
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email), ("FirstName", "Ada"));

        var explanation = await hub.JsonAsync(string.Format(null, path, id));

        Assert.Equal(id.ToString(), explanation.GetProperty("id").GetString());
        var field = explanation.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "firstName");
        Assert.Equal("Ada", field.GetProperty("value").GetString());
        Assert.Equal("crm/contacts/7", field.GetProperty("winner").GetString());
        Assert.Equal("most-recent", field.GetProperty("policy").GetString());
        Assert.Equal("crm/contacts/7", field.GetProperty("holdings")[0].GetProperty("link").GetString());
    }

    [Theory]
    [InlineData("api/records/0123456789abcdef0123456789abcdef")]
    [InlineData("api/records/0123456789abcdef0123456789abcdef/links")]
    [InlineData("api/records/0123456789abcdef0123456789abcdef/explain")]
    [InlineData("api/explain?q=nobody@example.com")]
    public async Task An_unknown_record_is_not_found(string path)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-record", await client.GetAsync(new Uri(path, UriKind.Relative)));
    }

    [Fact]
    public async Task Personal_data_is_kept_by_no_cache()
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email));
        using var client = await hub.ClientAsync(Role.Viewer);

        var response = await client.GetAsync(new Uri($"api/records/{id}", UriKind.Relative));

        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(JsonValueKind.Object, (await WebHub.JsonOf(response)).ValueKind);
    }
}
