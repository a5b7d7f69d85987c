using System.Net.Http.Headers;
using System.Text;
using StackHub.Sandbox.Vendors.Klaviyo;

namespace StackHub.Sandbox.Tests.Klaviyo;

/// <summary>A client of the simulated Klaviyo that sends what Klaviyo wants; a test takes away from that.</summary>
internal sealed class KlaviyoClient : IDisposable
{
    public const string MediaType = "application/vnd.api+json";
    private readonly HttpClient http;

    public KlaviyoClient(SandboxServer server)
    {
        var vendor = server.Vendor<KlaviyoSandbox>();
        http = new() { BaseAddress = vendor.BaseUrl };
        Headers.Authorization = new("Klaviyo-API-Key", vendor.ApiKey);
        Headers.Add("revision", "2026-07-15");
        Headers.Add("Accept", MediaType);
    }

    public HttpRequestHeaders Headers => http.DefaultRequestHeaders;

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, string json, string mediaType = MediaType) => SendAsync(HttpMethod.Post, path, Body(json, mediaType));

    public Task<Reply> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, Body(json, MediaType));

    /// <summary>A new profile's id, and the whole answer.</summary>
    public Task<Reply> CreateAsync(string attributes) => PostAsync("/api/profiles", Profile(attributes));

    public Task<Reply> ImportAsync(string attributes) => PostAsync("/api/profile-import", Profile(attributes));

    public Task<Reply> ListAsync(string filter) => GetAsync($"/api/profiles?additional-fields%5Bprofile%5D=subscriptions&filter={Uri.EscapeDataString(filter)}");

    public void Dispose() => http.Dispose();

    private static string Profile(string attributes) => "{\"data\":{\"type\":\"profile\",\"attributes\":" + attributes + "}}";

    private static ByteArrayContent Body(string json, string mediaType) => new(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new(mediaType) } };

    private async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers);
    }
}

internal static class KlaviyoReplies
{
    public static string Id(this Reply reply) => reply.Json["data"]!["id"]!.ToString();

    public static string Code(this Reply reply) => reply.Json["errors"]![0]!["code"]!.ToString();

    public static string? Attribute(this Reply reply, string name) => reply.Json["data"]!["attributes"]![name]?.ToString();

    public static IEnumerable<string> Ids(this Reply reply) => reply.Json["data"]!.AsArray().Select(profile => profile!["id"]!.ToString());
}
