using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;
using StackHub.Web.Tests.Shell;

namespace StackHub.Web.Tests.Audit;

public sealed partial class AuditConsoleTests
{
    private static readonly string[] Pages = ["audit", "audit/findings", "audit/findings?status=all", "audit/findings?status=fixed", "audit/findings?check=no-owner", "audit/tools", "audit/tools/fakecrm", "audit/overlaps", "audit/what-if", "audit/what-if?keep=fakecrm&drop=none", "audit/propose", "audit/propose?tool=HubSpot", "audit/propose?tool=Nobody", "audit/data", "audit/drills", "audit/renewals", "audit/runs"];

    [Fact]
    public async Task Before_the_first_audit_it_says_how_to_begin()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        foreach (var path in (string[])["audit", "audit/findings", "audit/tools", "audit/overlaps", "audit/what-if", "audit/propose", "audit/data", "audit/renewals", "audit/runs"])
            Assert.Contains("Nothing was audited yet", await visit.PageAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.GetAsync("audit/report/html")).StatusCode);
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-audit", await GetAsync(hub, "api/audit"));
    }

    [Fact]
    public async Task An_audit_is_run_from_the_page_and_read_without_eyes()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        var (place, said) = await visit.DoAsync("audit/runs");

        Assert.Equal("audit", place);
        Assert.StartsWith("Audited ", said, StringComparison.Ordinal);
        var run = (await hub.JsonAsync("api/audit")).GetProperty("run").GetProperty("id").GetString();
        foreach (var path in Pages.Append($"audit/runs/{run}").Append($"audit/findings/{await FindingAsync(hub)}"))
        {
            var page = await (await visit.GetAsync(path)).Content.ReadAsStringAsync();
            Assert.True(Accessibility.Problems(page).ToArray() is [], $"{path}: {string.Join("; ", Accessibility.Problems(page))}");
            Assert.DoesNotMatch(Inline(), page);
        }
    }

    [Fact]
    public async Task A_finding_is_accepted_until_a_day_and_opened_again()
    {
        await using var hub = await AuditedAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);
        var id = await FindingAsync(hub);
        var until = DateOnly.FromDateTime(hub.Parts.Time.GetUtcNow().UtcDateTime).AddDays(30).ToString("yyyy-MM-dd");

        var (place, said) = await visit.DoAsync($"audit/findings/{id}/accept", ("until", until), ("because", "the board said <so>"));

        Assert.Equal($"audit/findings/{id}", place);
        Assert.StartsWith("Accepted until", said, StringComparison.Ordinal);
        Assert.Contains("the board said <so>", await visit.PageAsync($"audit/findings/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"findings/{id}\"", await visit.PageAsync("audit/findings"), StringComparison.Ordinal);
        Assert.Contains($"findings/{id}\"", await visit.PageAsync("audit/findings?status=accepted"), StringComparison.Ordinal);

        await visit.DoAsync($"audit/findings/{id}/reopen");

        Assert.Contains($"findings/{id}\"", await visit.PageAsync("audit/findings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_accepted_is_refused_and_stays_open()
    {
        await using var hub = await AuditedAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);
        var id = await FindingAsync(hub);

        Assert.Equal(HttpStatusCode.BadRequest, (await visit.PostAsync($"audit/findings/{id}/accept", ("until", "2001-01-01"), ("because", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visit.PostAsync($"audit/findings/{id}/accept", ("until", "tomorrow"), ("because", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.PostAsync("audit/findings/0000000000000000/accept", ("until", "2001-01-01"), ("because", "x"))).StatusCode);
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await hub.PostAsync($"api/audit/findings/{id}/accept", Role.Operator, new { until = "2001-01-01", because = "x" }));
        Assert.Equal("open", (await hub.JsonAsync($"api/audit/findings/{id}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_viewer_reads_and_decides_nothing()
    {
        await using var hub = await AuditedAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);
        var id = await FindingAsync(hub);

        var page = await visit.PageAsync($"audit/findings/{id}");

        Assert.Contains("takes the role operator", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Accept until then", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Audit now", await visit.PageAsync("audit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "text/html")]
    [InlineData("csv", "text/csv")]
    [InlineData("json", "application/json")]
    [InlineData("sarif", "application/sarif+json")]
    public async Task The_report_is_downloaded_from_the_page_and_the_api(string format, string type)
    {
        await using var hub = await AuditedAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.GetAsync($"audit/report/{format}");
        var api = await GetAsync(hub, $"api/audit/report/{format}");

        Assert.Equal(type, page.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", page.Content.Headers.ContentDisposition!.DispositionType);
        Assert.EndsWith($".{format}", page.Content.Headers.ContentDisposition.FileName!.Trim('"'), StringComparison.Ordinal);
        Assert.DoesNotContain("'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(await page.Content.ReadAsStringAsync(), await api.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_api_pages_through_findings_tools_and_runs()
    {
        await using var hub = await AuditedAsync();
        await hub.PostAsync("api/audit/runs", Role.Operator);

        var all = await Hosting.Pages.AllAsync(hub, "api/audit/findings?status=all");
        var one = await Hosting.Pages.AllAsync(hub, "api/audit/findings?status=all&take=1");

        Assert.NotEmpty(all);
        Assert.Equal(all.Select(Id), one.Select(Id));
        Assert.NotEmpty(await Hosting.Pages.AllAsync(hub, "api/audit/tools"));
        Assert.Equal(2, (await Hosting.Pages.AllAsync(hub, "api/audit/runs?take=1")).Count);
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await GetAsync(hub, "api/audit/findings?status=lost"));
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-tool", await GetAsync(hub, "api/audit/tools/none"));
    }

    [Fact]
    public async Task A_second_run_over_the_same_stack_changes_nothing()
    {
        await using var hub = await AuditedAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);
        hub.Parts.Time.Advance(TimeSpan.FromHours(1));

        await visit.DoAsync("audit/runs");

        var run = (await hub.JsonAsync("api/audit")).GetProperty("run").GetProperty("id").GetString();
        Assert.Contains("Nothing is different", await visit.PageAsync($"audit/runs/{run}"), StringComparison.Ordinal);
        Assert.Contains("Open findings from run to run", await visit.PageAsync("audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_shows_what_the_run_measured_and_only_a_run_measures_again()
    {
        await using var hub = await AuditedAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);
        var first = await visit.PageAsync("audit/data");

        await hub.SeenAsync(WebHub.Crm, "2", ("Email", "bob@one.example"));
        hub.Parts.Time.Advance(TimeSpan.FromHours(2));
        var later = await visit.PageAsync("audit/data");
        await visit.DoAsync("audit/runs");
        var again = await visit.PageAsync("audit/data");

        Assert.Contains("told 2 values, of 2 personal fields", first, StringComparison.Ordinal);
        Assert.Contains("What the audit of", later, StringComparison.Ordinal);
        Assert.Contains(">2 h ago</time>", later, StringComparison.Ordinal);
        Assert.Equal(Description().Match(first).Value, Description().Match(later).Value);
        Assert.NotEqual(Description().Match(later).Value, Description().Match(again).Value);
        Assert.Contains(">just now</time>", again, StringComparison.Ordinal);
    }

    [GeneratedRegex("<desc[^>]*>[^<]*</desc>")]
    private static partial Regex Description();

    private static async Task<WebHub> AuditedAsync()
    {
        var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", "ada@one.example"), ("Phone", "+14155550100"));
        Assert.Equal(HttpStatusCode.OK, (await hub.PostAsync("api/audit/runs", Role.Operator)).StatusCode);
        return hub;
    }

    private static async Task<string> FindingAsync(WebHub hub) => Id((await Hosting.Pages.AllAsync(hub, "api/audit/findings"))[0]);

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;

    private static async Task<HttpResponseMessage> GetAsync(WebHub hub, string path)
    {
        using var client = await hub.ClientAsync(Role.Viewer);
        return await client.GetAsync(new Uri(path, UriKind.Relative));
    }

    [GeneratedRegex("<script|<style|\\sstyle=|\\son[a-z]+=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
