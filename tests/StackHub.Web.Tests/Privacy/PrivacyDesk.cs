using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using StackHub.Privacy;
using StackHub.Privacy.Tasks;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy;

/// <summary>An officer and an approver at a hub that knows Ada in two systems.</summary>
internal sealed class PrivacyDesk(WebHub hub) : IAsyncDisposable
{
    public const string Ada = "ada@lovelace.example";

    public WebHub Hub => hub;

    public static async Task<PrivacyDesk> OpenAsync(StackHub.Permissions.PrivacySettings? privacy = null)
    {
        var hub = await WebHub.StartAsync(privacy: privacy);
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", Ada), ("FirstName", "Ada"), ("LastName", "Lovelace"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        await hub.SeenAsync(WebHub.Mail, "9", ("Email", Ada), ("FirstName", "Ada"));
        return new(hub);
    }

    public async Task<string> SubmitAsync(string kind, string? place = "DE", string? verified = null, string email = Ada, string? key = null)
    {
        var response = await hub.PostAsync("api/privacy/requests", Role.PrivacyOfficer, new { kinds = new[] { kind }, emails = new[] { email }, place, verifiedBecause = verified }, key);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await WebHub.JsonOf(response)).GetProperty("requests")[0].GetString()!;
    }

    /// <summary>Filed, verified, planned, and approved by somebody else; begun as the queue would.</summary>
    public async Task<string> BegunAsync(string kind, string email = Ada)
    {
        var id = await SubmitAsync(kind, verified: "seen in person", email: email);
        var plan = await WebHub.JsonOf(await hub.PostAsync($"api/privacy/requests/{id}/plan", Role.PrivacyOfficer));
        var approved = await hub.PostAsync($"api/privacy/requests/{id}/approve", Role.Approver, new { plan = plan.GetProperty("fingerprint").GetString() });
        Assert.Equal(HttpStatusCode.NoContent, approved.StatusCode);
        await hub.Get<RequestRunner>().RunAsync(RequestId.Parse(id), CancellationToken.None);
        return id;
    }

    public Task<JsonElement> ShowAsync(string id, Role role = Role.PrivacyOfficer) => hub.JsonAsync($"api/privacy/requests/{id}", role);

    public Task<HttpResponseMessage> DoAsync(string id, string what, object? body = null, Role role = Role.PrivacyOfficer) => hub.PostAsync($"api/privacy/requests/{id}/{what}", role, body);

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body) => client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
