using System.Net;
using System.Text.RegularExpressions;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;
using StackHub.Web.Tests.Hosting;
using StackHub.Web.Tests.Privacy.Console;

namespace StackHub.Web.Tests.Shell;

/// <summary>What holds for all pages of the console, read with every role and with something on each.</summary>
public sealed partial class EveryPageTests
{
    [Fact]
    public async Task No_page_has_a_script_or_a_style_of_its_own()
    {
        await using var hub = await WebHub.StartAsync();
        foreach (var (path, page) in await PagesAsync(hub))
        {
            Assert.False(Inline().IsMatch(page), path);
            Assert.Contains("<!DOCTYPE html>", page, StringComparison.Ordinal);
            Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_page_can_be_read_without_eyes()
    {
        await using var hub = await WebHub.StartAsync();
        foreach (var (path, page) in await PagesAsync(hub))
            Assert.True(Accessibility.Problems(page).ToArray() is [], $"{path}: {string.Join("; ", Accessibility.Problems(page))}");
    }

    [Fact]
    public async Task Every_form_carries_its_proof()
    {
        await using var hub = await WebHub.StartAsync();
        foreach (var (path, page) in await PagesAsync(hub))
            foreach (var form in Form().Matches(page).Select(match => match.Value))
            {
                Assert.True(form.Contains("method=\"post\"", StringComparison.Ordinal), $"{path}: {form}");
                Assert.True(form.Contains("name=\"proof\"", StringComparison.Ordinal), $"{path}: {form}");
            }
    }

    [Fact]
    public async Task Every_link_leads_somewhere()
    {
        await using var hub = await WebHub.StartAsync();
        var pages = await PagesAsync(hub);
        using var visit = await ConsoleVisit.SignedInAsync(hub, [.. RoleNames.All]);
        var links = from page in pages
                    from match in Link().Matches(page.Value)
                    let address = new Uri(new Uri(hub.Address, $"console/{page.Key}"), WebUtility.HtmlDecode(match.Groups[1].Value))
                    where address.Host == hub.Address.Host
                    select address.GetLeftPart(UriPartial.Query);
        foreach (var address in links.Distinct().ToArray())
        {
            var response = await visit.GetAsync(address);
            Assert.True(response.StatusCode == HttpStatusCode.OK || address.Contains("/api/", StringComparison.Ordinal), $"{address}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Pages_are_kept_by_no_cache()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        Assert.True((await visit.GetAsync("people")).Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_root_leads_to_it()
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.Anonymous.GetAsync(hub.Address);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(new Uri(hub.Address, "console/"), new Uri(hub.Address, response.Headers.Location!));
    }

    [Fact]
    public async Task Without_its_last_slash_it_finds_its_way_too()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync(new Uri(hub.Address, "console").ToString());

        Assert.Contains("href=\"console/conflicts\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"console/../healthz\"", page, StringComparison.Ordinal);
    }

    /// <summary>Every page that can be looked at, with data on it.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> PagesAsync(WebHub hub)
    {
        var (record, loser, conflict) = await FillAsync(hub);
        var (unverified, planned, begun) = await OfficerDesk.FillAsync(hub);
        using var visit = await ConsoleVisit.SignedInAsync(hub, [.. RoleNames.All]);
        var run = (await visit.PostAsync("runs", ("kind", "poll"), ("system", "crm"))).Headers.Location!.ToString();
        string[] paths =
        [
            .. ConsoleRoutes.Of(hub).Where(route => route.Method == "GET" && !route.Pattern.Contains('{', StringComparison.Ordinal)).Select(route => route.Path),
            $"records/{record}", $"records/{loser}", $"conflicts/{conflict}", $"merges/{loser}/undo", run, "systems/crm", "systems/crm/pause", "systems/crm/approve", "systems/crm/resume", "plan?system=mail", "conflicts?state=all", "nothing",
            $"privacy/requests/{unverified}", $"privacy/requests/{planned}", $"privacy/requests/{begun}", "privacy?state=closed", $"consent/{record}",
        ];
        var pages = new Dictionary<string, string> { ["sign-in"] = await hub.Anonymous.GetStringAsync(new Uri("console/sign-in", UriKind.Relative)) };
        foreach (var path in paths)
            pages[path] = await (await visit.GetAsync(path)).Content.ReadAsStringAsync();
        pages["search"] = await (await visit.PostAsync("search", ("q", "Ada"))).Content.ReadAsStringAsync();
        return pages;
    }

    private static async Task<(RecordId Record, RecordId Loser, string Conflict)> FillAsync(WebHub hub)
    {
        var first = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "ada@one.example"), ("FirstName", "Ada"), ("Phone", "+14155550100"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        await hub.SeenAsync(WebHub.Mail, "9", ("Email", "ada@one.example"), ("FirstName", "Adah"));
        var second = await hub.SeenAsync(WebHub.Crm, "2", ("Email", "b@two.example"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        var third = await hub.SeenAsync(WebHub.Crm, "3", ("Email", "c@three.example"));
        await hub.Get<RecordMerger>().MergeAsync(first, third, "the same phone", CancellationToken.None);
        var pair = new Conflict(ConflictKind.PossibleDuplicate, first, hub.Parts.Time.GetUtcNow()) { Other = second, Probability = 0.7 };
        await hub.Get<ConflictStore>().RaiseAsync(pair, CancellationToken.None);
        await hub.Get<DeadLetterStore>().AddAsync(new("0001-a", hub.Parts.Time.GetUtcNow(), "INVALID", "[value] is wrong") { System = WebHub.Mail, Record = first, Field = "phone" }, CancellationToken.None);
        await hub.Get<DeadLetterStore>().AddAsync(new("0002-b", hub.Parts.Time.GetUtcNow(), "TimeoutException", "It failed 5 times.") { Queue = "inbound", Body = "sealed" }, CancellationToken.None);
        return (first, third, pair.Id);
    }

    [GeneratedRegex("<script|<style|\\sstyle=|\\son[a-z]+=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<(?:a|link)[^>]* href=\"([^\"#]+)\"")]
    private static partial Regex Link();
}
