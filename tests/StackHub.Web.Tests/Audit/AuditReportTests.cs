using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StackHub.Audit;
using StackHub.Testing.Audit;
using StackHub.Testing.Snapshots;
using StackHub.Web.Audit;
using StackHub.Web.Tests.Shell;

namespace StackHub.Web.Tests.Audit;

public sealed partial class AuditReportTests
{
    private static readonly AuditModel Model = AuditModel.Of(SomeAudit.Report, SomeAudit.Runs, AuditSettings.Default, SomeAudit.Today);

    [Fact]
    public async Task It_needs_nothing_but_itself()
    {
        var html = await AuditReportHtml.RenderAsync(Model);

        Assert.DoesNotMatch(Loads(), html);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains(AuditReportHtml.Policy, WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
        Assert.Contains("@page", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_read_without_eyes()
    {
        var html = await AuditReportHtml.RenderAsync(Model);

        Assert.Empty(Accessibility.Problems(Style().Replace(html, "")));
    }

    [Fact]
    public async Task What_somebody_called_a_tool_stays_text()
    {
        var html = await AuditReportHtml.RenderAsync(Model);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_leads_to_a_place_in_it()
    {
        var html = await AuditReportHtml.RenderAsync(Model);
        var places = Anchor().Matches(html).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.All(Link().Matches(html).Select(match => match.Groups[1].Value), link => Assert.Contains(link.TrimStart('#'), places));
        Assert.Contains("#tool-hubspot", Link().Matches(html).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task It_says_all_that_was_found()
    {
        var html = WebUtility.HtmlDecode(await AuditReportHtml.RenderAsync(Model));

        Assert.All(Model.Open, finding => Assert.Contains(finding.Title, html, StringComparison.Ordinal));
        Assert.Contains("it stays, the board said so", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("49,800 USD", html, StringComparison.Ordinal);
        Assert.Contains("15 Dec 2026", html, StringComparison.Ordinal);
        Assert.Contains("It is a web page, not a list", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_written_down() =>
        Snapshot.Match(Style().Replace(Comment().Replace(await AuditReportHtml.RenderAsync(Model), ""), ""));

    [Fact]
    public async Task An_audit_that_found_nothing_has_a_report_too()
    {
        var nothing = AuditModel.Of(new(new(SomeAudit.At, SomeAudit.Today), new("first", SomeAudit.At)), [], AuditSettings.Default, SomeAudit.Today);

        var html = await AuditReportHtml.RenderAsync(nothing);

        Assert.Empty(Accessibility.Problems(Style().Replace(html, "")));
    }

    [Fact]
    public async Task Every_format_is_a_file_with_the_day_in_its_name()
    {
        foreach (var format in AuditFiles.Formats)
        {
            var file = await AuditFiles.MakeAsync(format, Model);

            Assert.Equal($"stack-audit-2026-12-01.{format}", file!.Name);
            Assert.NotEmpty(Encoding.UTF8.GetString(file.Content));
        }
        Assert.Equal(["html", "csv", "json", "sarif"], AuditFiles.Formats);
        Assert.Null(await AuditFiles.MakeAsync("exe", Model));
    }

    [GeneratedRegex("<script|<link|<img|<iframe|\\ssrc=|url\\(|@import|=\"https?://", RegexOptions.IgnoreCase)]
    private static partial Regex Loads();

    [GeneratedRegex("<style>.*?</style>|<meta http-equiv[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(" href=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Anchor();
}
