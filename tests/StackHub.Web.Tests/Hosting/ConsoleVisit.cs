using System.Net;
using System.Text.RegularExpressions;
using StackHub.Security;

namespace StackHub.Web.Tests.Hosting;

/// <summary>A browser without a screen: keeps cookies, follows no redirect, and sends forms as our pages make them.</summary>
public sealed partial class ConsoleVisit : IDisposable
{
    private readonly HttpClient client;
    private readonly CookieContainer cookies = new();

    public ConsoleVisit(WebHub hub)
    {
        Hub = hub;
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = new(hub.Address, "console/") };
    }

    public WebHub Hub { get; }

    public CookieCollection Cookies => cookies.GetAllCookies();

    public static async Task<ConsoleVisit> SignedInAsync(WebHub hub, params Role[] roles)
    {
        var visit = new ConsoleVisit(hub);
        var key = (await hub.Get<ApiKeyStore>().CreateAsync("console test", roles, CancellationToken.None)).Secret;
        var response = await visit.SignInAsync(key);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return visit;
    }

    public async Task<HttpResponseMessage> SignInAsync(string key, string to = "")
    {
        await GetAsync("sign-in");
        return await PostAsync("sign-in", ("key", key), ("to", to));
    }

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    /// <summary>The page, which must be one.</summary>
    public async Task<string> PageAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var response = await GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{path}: {(int)response.StatusCode} {text}");
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        return WebUtility.HtmlDecode(text);
    }

    /// <summary>A form as one of our pages would send it.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await RawPostAsync(path, [("proof", await ProofAsync()), .. fields]);

    public async Task<HttpResponseMessage> RawPostAsync(string path, (string Name, string Value)[] fields, string? site = "same-origin")
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form };
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        return await client.SendAsync(request);
    }

    /// <summary>A form with a file.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string path, string field, string file, byte[] content, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await ProofAsync()), "proof" }, { new ByteArrayContent(content), field, file } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await client.SendAsync(request);
    }

    /// <summary>What the page says after the form: where it led, and its words.</summary>
    public async Task<(string Place, string Said)> DoAsync(string path, params (string Name, string Value)[] fields)
    {
        var response = await PostAsync(path, fields);
        Assert.True(response.StatusCode == HttpStatusCode.SeeOther, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        var place = new Uri(new Uri(client.BaseAddress!, path), response.Headers.Location!);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync(place));
        return (client.BaseAddress!.MakeRelativeUri(place).ToString(), Status().Match(page).Groups[1].Value);
    }

    public async Task<string> ProofAsync() => Proof().Match(await client.GetStringAsync(new Uri(Cookies.Any(cookie => cookie.Name == "stackhub-session") ? "metrics" : "sign-in", UriKind.Relative))).Groups[1].Value;

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"proof\" value=\"([^\"]*)\"")]
    private static partial Regex Proof();

    [GeneratedRegex("role=\"status\">([^<]*)<")]
    private static partial Regex Status();
}
