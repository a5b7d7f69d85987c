using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Intake;
using StackHub.Records;
using StackHub.Web.Tests.Hosting;
using StackHub.Web.Tests.Privacy;

namespace StackHub.Web.Tests.Intake;

public sealed class PackageTests
{
    [Fact]
    public async Task S52_a_package_is_one_persons_opened_by_a_code_noted_each_time_and_gone_when_its_time_is_over()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        desk.Hub.Connector(WebHub.Crm).People.Add(new(new(new ExternalRef(WebHub.Crm, FakeConnector.Contacts, "1"), desk.Hub.Parts.Time.GetUtcNow(), new Dictionary<string, ExternalValue> { ["Email"] = new(PrivacyDesk.Ada), ["FirstName"] = new("Ada") }) { Complete = true }));
        var id = await desk.BegunAsync("access");
        var link = (await WebHub.JsonOf(await desk.DoAsync(id, "package"))).GetProperty("link").GetString()!["privacy/".Length..];
        using var visit = new PublicVisit(desk.Hub);

        Assert.Contains("Download your data", await visit.PageAsync(link), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await DownloadAsync(visit, id, link, "00000000")).StatusCode);
        var first = await DownloadAsync(visit, id, link, await CodeAsync(visit, id));
        var second = await DownloadAsync(visit, id, link, await CodeAsync(visit, id));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Check(await first.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        var chain = await desk.Hub.Get<EvidenceLedger>().CheckAsync(id, null, CancellationToken.None);
        Assert.Equal(2, chain.Entries.Count(entry => entry.Note.Kind == EvidenceKinds.PackageRead));
        desk.Hub.Parts.Time.Advance(TimeSpan.FromDays(15));
        Assert.Equal(HttpStatusCode.Gone, (await visit.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.GetAsync($"package/{id}/nonsense")).StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_code_opens_nothing()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        await desk.Hub.SeenAsync(WebHub.Crm, "2", ("Email", "mallory@evil.example"), ("FirstName", "Mallory"));
        var id = await desk.BegunAsync("access");
        var link = (await WebHub.JsonOf(await desk.DoAsync(id, "package"))).GetProperty("link").GetString()!["privacy/".Length..];
        var mallory = await desk.SubmitAsync("access", email: "mallory@evil.example");
        using var visit = new PublicVisit(desk.Hub);

        var response = await DownloadAsync(visit, mallory, link, await CodeAsync(visit, mallory));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task The_status_page_opens_it_for_a_quarter_of_an_hour()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.BegunAsync("access");
        await desk.DoAsync(id, "package");
        using var visit = new PublicVisit(desk.Hub);
        var page = await (await visit.PostAsync("status", ("reference", id), ("code", await CodeAsync(visit, id)))).Content.ReadAsStringAsync();
        var pass = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page, "name=\"pass\" value=\"([^\"]+)\"").Groups[1].Value);

        Assert.Equal(HttpStatusCode.OK, (await visit.PostAsync("package/open", ("pass", pass))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.PostAsync("package/open", ("pass", "x"))).StatusCode);
        desk.Hub.Parts.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Unauthorized, (await visit.PostAsync("package/open", ("pass", pass))).StatusCode);
    }

    [Fact]
    public async Task An_erasure_is_answered_with_no_copy()
    {
        await using var desk = await PrivacyDesk.OpenAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "no-copy", await desk.DoAsync(await desk.BegunAsync("erasure"), "package"));
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "not-approved", await desk.DoAsync(await desk.SubmitAsync("access"), "package"));
    }

    private static async Task<string> CodeAsync(PublicVisit visit, string id)
    {
        await visit.PostAsync("status/code", ("reference", id));
        return (await visit.CodesAsync()).Single(code => code.Request == IntakeDesk.ViewOf(RequestId.Parse(id))).Code;
    }

    private static Task<HttpResponseMessage> DownloadAsync(PublicVisit visit, string id, string link, string code) =>
        visit.PostAsync("package", ("reference", id), ("link", link.Split('/')[2]), ("code", code));

    /// <summary>Every file is as the manifest says.</summary>
    private static void Check(byte[] package)
    {
        using var zip = new ZipArchive(new MemoryStream(package));
        using var manifest = JsonDocument.Parse(zip.GetEntry("manifest.json")!.Open());
        var files = manifest.RootElement.GetProperty("files").EnumerateArray().ToArray();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var content = new MemoryStream();
            zip.GetEntry(file.GetProperty("name").GetString()!)!.Open().CopyTo(content);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content.ToArray())));
        }
    }
}
