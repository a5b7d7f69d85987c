using System.Net;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Records;

public sealed class RecordConsoleTests
{
    private const string Email = "ada@lovelace.example";

    [Theory]
    [InlineData(Email)]
    [InlineData("crm/contacts/7")]
    public async Task A_search_that_finds_exactly_one_leads_to_it_and_leaves_no_trace(string query)
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var response = await visit.PostAsync("search", ("q", query));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal($"records/{id}", response.Headers.Location!.ToString());
        Assert.DoesNotContain(hub.Parts.Log.Lines, line => line.Contains("lovelace", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_search_by_name_says_how_many_it_looked_at()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email), ("FirstName", "Ada"), ("LastName", "Lovelace"));
        await hub.SeenAsync(WebHub.Crm, "8", ("Email", "c@babbage.example"), ("FirstName", "Charles"));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await (await visit.PostAsync("search", ("q", "lovelace ADA"))).Content.ReadAsStringAsync();

        Assert.Contains("1 record of 2 looked at", page, StringComparison.Ordinal);
        Assert.Contains("Ada Lovelace", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Charles", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_records_page_says_who_won_who_lost_and_where_it_is()
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email), ("FirstName", "Ada"), ("Phone", "+14155550100"));
        hub.Parts.Time.Advance(TimeSpan.FromHours(2));
        await hub.SeenAsync(WebHub.Mail, "m9", ("Email", Email), ("FirstName", "Ada"), ("Phone", "+14155550199"));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync($"records/{id}");

        Assert.Contains("+14155550199", page, StringComparison.Ordinal);
        Assert.Matches("crm:\\s*\\+14155550100", page);
        Assert.Contains("authored earlier", page, StringComparison.Ordinal);
        Assert.Contains("https://crm.example/people/7", page, StringComparison.Ordinal);
        Assert.Contains("1 of 2 to be written", page, StringComparison.Ordinal);
        Assert.Contains("to be created in: quiet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", page[..page.IndexOf("</title>", StringComparison.Ordinal)], StringComparison.Ordinal); // browsers keep titles
    }

    [Fact]
    public async Task Text_of_a_tool_is_shown_and_not_run()
    {
        await using var hub = await WebHub.StartAsync();
        var id = await hub.SeenAsync(WebHub.Crm, "7", ("Email", Email), ("FirstName", "<script>alert(1)</script>\"'&"));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await (await visit.GetAsync($"records/{id}")).Content.ReadAsStringAsync();

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_is_undone_after_a_question()
    {
        await using var hub = await WebHub.StartAsync();
        var survivor = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        var loser = await hub.SeenAsync(WebHub.Crm, "2", ("Email", "b@two.example"));
        await hub.Get<RecordMerger>().MergeAsync(survivor, loser, "the same phone", CancellationToken.None);
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        Assert.Contains($"merges/{loser}/undo", await visit.PageAsync($"records/{survivor}"), StringComparison.Ordinal);
        Assert.Contains("the same phone", await visit.PageAsync($"merges/{loser}/undo"), StringComparison.Ordinal);
        var (place, said) = await visit.DoAsync($"merges/{loser}/undo");

        Assert.Equal($"records/{loser}", place);
        Assert.StartsWith("The merge is undone", said, StringComparison.Ordinal);
        Assert.Equal(loser, hub.Get<Redirects>().Follow(loser));
        Assert.Contains("Undone", await visit.PageAsync("merges"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_go_on_to_their_end()
    {
        await using var hub = await WebHub.StartAsync();
        for (var number = 0; number < 60; number++)
            await hub.SeenAsync(WebHub.Crm, $"{number}", ("Email", $"p{number}@people.example"));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var first = await visit.PageAsync("people");
        var next = first.Split("rel=\"next\" href=\"")[1].Split('"')[0];
        var second = await visit.PageAsync(next);

        Assert.Contains("50 people", first, StringComparison.Ordinal);
        Assert.Contains("10 people", second, StringComparison.Ordinal);
        Assert.Contains("First page", second, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second, StringComparison.Ordinal);
    }
}
