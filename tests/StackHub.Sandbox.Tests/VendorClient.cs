using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Tests;

/// <summary>A client of one vendor; the headers a good hub sends are set once.</summary>
internal sealed class VendorClient : IDisposable
{
    private readonly HttpClient http;

    private VendorClient(Uri address) => http = new() { BaseAddress = address };

    public HttpRequestHeaders Headers => http.DefaultRequestHeaders;

    public static async Task<VendorClient> OfSalesforceAsync(SandboxServer server)
    {
        var client = new VendorClient(server.Salesforce.BaseUrl);
        var known = server.Salesforce.Credentials;
        var answer = await client.FormAsync("/services/oauth2/token", new()
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = known.ClientId,
            ["client_secret"] = known.ClientSecret,
            ["refresh_token"] = known.RefreshToken,
        });
        client.Headers.Authorization = new("Bearer", answer.Text("access_token"));
        client.Headers.Add("Sforce-Auto-Assign", "FALSE");
        client.Headers.Add("Sforce-Call-Options", "client=StackHub");
        return client;
    }

    public static VendorClient OfHubSpot(SandboxServer server)
    {
        var client = new VendorClient(server.HubSpot.BaseUrl);
        client.Headers.Authorization = new("Bearer", server.HubSpot.PrivateAppToken);
        return client;
    }

    public static VendorClient OfIntercom(SandboxServer server)
    {
        var client = new VendorClient(server.Intercom.BaseUrl);
        client.Headers.Authorization = new("Bearer", server.Intercom.AccessToken);
        client.Headers.Add("Intercom-Version", "2.15");
        return client;
    }

    /// <summary>Without any credential.</summary>
    public static VendorClient Of(Hosting.VendorSandbox vendor) => new(vendor.BaseUrl);

    public static VendorClient OfControl(SandboxServer server) => new(server.ControlUrl);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Reply> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, Json(json));

    public Task<Reply> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, Json(json));

    public Task<Reply> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, Json(json));

    public Task<Reply> FormAsync(string path, Dictionary<string, string> form) => SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form));

    public Task<Reply> TextAsync(HttpMethod method, string path, string text, string type) =>
        SendAsync(method, path, new StringContent(text, Encoding.UTF8, type));

    public Task<Reply> QueryAsync(string soql) => GetAsync($"/services/data/v66.0/query?q={Uri.EscapeDataString(soql)}");

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers);
    }

    public void Dispose() => http.Dispose();

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}

/// <summary>What came back.</summary>
internal sealed record Reply(int Status, string Body, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Text(string member) => Json[member]!.ToString();

    public string Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
}
