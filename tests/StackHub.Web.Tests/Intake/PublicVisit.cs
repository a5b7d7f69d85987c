using System.Net;
using System.Text.RegularExpressions;
using StackHub.Privacy;
using StackHub.Privacy.Notices;
using StackHub.Privacy.Verification;
using StackHub.Storage;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Intake;

/// <summary>A stranger's browser without a screen: keeps cookies, follows no redirect, sends forms as our pages make them.</summary>
internal sealed partial class PublicVisit : IDisposable
{
    private readonly HttpClient client;
    private readonly CookieContainer cookies = new();

    public PublicVisit(WebHub hub, bool withSignal = false)
    {
        Hub = hub;
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = new(hub.Address, "privacy/") };
        if (withSignal)
            client.DefaultRequestHeaders.Add("Sec-GPC", "1");
    }

    public WebHub Hub { get; }

    public HttpClient Client => client;

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<string> PageAsync(string path)
    {
        var response = await GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {page}");
        return page;
    }

    /// <summary>A form as one of our pages would send it, from the same site.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await RawPostAsync(path, [("proof", Proof().Match(await PageAsync("confirm")).Groups[1].Value), .. fields]);

    public async Task<HttpResponseMessage> RawPostAsync(string path, (string Name, string Value)[] fields, string? site = "same-origin")
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await client.SendAsync(request);
    }

    public async Task<string> TicketAsync() => WebUtility.HtmlDecode(Ticket().Match(await PageAsync("")).Groups[1].Value);

    public async Task<HttpResponseMessage> FileAsync(string email, params (string Name, string Value)[] more) =>
        await PostAsync("requests", [("ticket", await TicketAsync()), ("email", email), .. more.Any(field => field.Name == "kind") ? [] : new[] { ("kind", "erasure") }, .. more]);

    /// <summary>Files, and gives the code that went to the address: without a webhook it waits for an officer.</summary>
    public async Task<CodeMessage> FiledAsync(string email, params (string Name, string Value)[] more)
    {
        var before = (await CodesAsync()).Select(code => code.Id).ToHashSet();
        Assert.Equal(HttpStatusCode.SeeOther, (await FileAsync(email, more)).StatusCode);
        return (await CodesAsync()).Single(code => !before.Contains(code.Id));
    }

    public async Task<IReadOnlyList<CodeMessage>> CodesAsync()
    {
        var codes = new List<CodeMessage>();
        await foreach (var row in Hub.Parts.Tables.RowsAsync(Tables.PrivacyCodes, TableRange.In("hand"), CancellationToken.None))
            codes.Add((await Hub.Get<HandDelivery>().FindAsync(row.Row, CancellationToken.None))!);
        return codes;
    }

    public async Task<PrivacyRequest> RequestAsync(string reference) => (await Hub.Get<PrivacyStore>().FindAsync(RequestId.Parse(reference), CancellationToken.None))!;

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"proof\" value=\"([^\"]*)\"")]
    private static partial Regex Proof();

    [GeneratedRegex("name=\"ticket\" value=\"([^\"]*)\"")]
    private static partial Regex Ticket();
}
