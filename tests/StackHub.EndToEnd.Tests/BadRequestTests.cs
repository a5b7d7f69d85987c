using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Storage;
using StackHub.Sync.DeadLetters;

namespace StackHub.EndToEnd.Tests;

public sealed class BadRequestTests
{
    private const string Json = "application/json";
    private const string Xml = "text/xml";

    [Fact]
    public async Task Bad_webhooks_are_answered_clearly_and_change_nothing()
    {
        await using var stage = await Stage.StartAsync(new() { People = 30 });
        await stage.OnboardAsync();
        await stage.SyncAsync();
        await stage.PollLateAsync(); // a poll may date what was written to the millisecond that the vendor says
        using var http = new HttpClient { BaseAddress = stage.Address };
        var person = (await stage.RecordsAsync()).First(record => record.ActiveIn(new("hubspot")).Any(link => link.Ref.ObjectType == "contacts"));
        var good = Event(stage, Stage.LinkIn(person, "hubspot").Id, "Forged");
        var before = await ShownAsync(stage);
        var now = stage.Time.GetUtcNow();

        Assert.Equal(404, await SendAsync(http, "hooks/nobody", Json, good));
        Assert.Equal(401, await SendAsync(http, "hooks/hubspot", Json, good));
        Assert.Equal(401, await SendAsync(http, "hooks/hubspot", Json, good, Signed(stage, good, now, "another secret")));
        Assert.Equal(401, await SendAsync(http, "hooks/hubspot", Json, good + " ", Signed(stage, good, now)));
        Assert.Equal(401, await SendAsync(http, "hooks/hubspot", Json, good, Signed(stage, good, now.AddMinutes(-10))));
        Assert.Equal(401, await SendAsync(http, "hooks/hubspot", Json, good, [("X-HubSpot-Signature-v3", "not base64 !"), ("X-HubSpot-Request-Timestamp", "yesterday")]));
        Assert.Equal(415, await SendAsync(http, "hooks/hubspot", "application/x-www-form-urlencoded", good, Signed(stage, good, now)));
        Assert.Equal(415, await SendAsync(http, "hooks/hubspot", null, good, Signed(stage, good, now)));
        Assert.Equal(413, await SendAsync(http, "hooks/hubspot", Json, new string('x', 5 * 1024 * 1024)));
        foreach (var malformed in (string[])["{", "null", "[null]", "[{}]", "\0", "[{\"subscriptionType\":\"contact.propertyChange\"}]", new string('[', 5_000)])
            Assert.Equal(400, await SendAsync(http, "hooks/hubspot", Json, malformed, Signed(stage, malformed, now)));
        Assert.Equal(401, await SendAsync(http, "hooks/intercom", Json, "{}", [("X-Hub-Signature", "sha1=00")]));
        foreach (var malformed in (string[])["{}", "[]", "not json", "{\"type\":\"notification_event\",\"topic\":\"contact.user.updated\"}"])
            Assert.Equal(400, await SendAsync(http, "hooks/intercom", Json, malformed, [("X-Hub-Signature", IntercomSignature.Of(stage.Sandbox.Intercom.ClientSecret, malformed))]));
        Assert.Equal(401, await SendAsync(http, "hooks/salesforce/wrong-token", Xml, "<a/>"));
        Assert.Equal(401, await SendAsync(http, "hooks/salesforce", Xml, "<a/>"));
        foreach (var malformed in (string[])["<a/>", "<a", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", ""])
            Assert.InRange(await SendAsync(http, stage.Sandbox.Salesforce.Webhooks.Target!.PathAndQuery.TrimStart('/'), Xml, malformed), 400, 401);
        using var get = await http.GetAsync(new Uri("hooks/hubspot", UriKind.Relative), Stage.Token);
        Assert.InRange((int)get.StatusCode, 404, 405);
        await stage.QuietAsync();

        Assert.Equal(before, await ShownAsync(stage));
        foreach (var queue in Queues.All)
            Assert.Equal(0, await stage.Hub.Get<IMessageQueue>().CountAsync(Queues.Poison(queue), Stage.Token));
        Assert.DoesNotContain((await stage.Hub.Get<DeadLetterStore>().ListAsync(null, 100, Stage.Token)).Letters, letter => letter.Queue is not null);
        await stage.ConvergedAsync();
    }

    [Fact]
    public async Task A_replayed_webhook_is_accepted_and_changes_nothing_again()
    {
        await using var stage = await Stage.StartAsync(new() { People = 30 });
        await stage.OnboardAsync();
        await stage.SyncAsync();
        using var http = new HttpClient { BaseAddress = stage.Address };
        var person = (await stage.EverywhereAsync())[0];
        stage.EditTitle("hubspot", person, "First");
        await stage.QuietAsync();
        var old = Event(stage, Stage.LinkIn(person, "hubspot").Id, "First");
        var signed = Signed(stage, old, stage.Time.GetUtcNow());
        stage.EditTitle("hubspot", person, "Second");
        await stage.QuietAsync();
        var written = stage.Written();

        for (var repeat = 0; repeat < 3; repeat++)
            Assert.Equal(202, await SendAsync(http, "hooks/hubspot", Json, old, signed));
        await stage.QuietAsync();

        stage.AssertTitle(person, "Second");
        Assert.Equal(written, stage.Written());
        await stage.ConvergedAsync();
    }

    /// <summary>An event as old as the first edit, so that replaying it must not bring the old value back.</summary>
    private static string Event(Stage stage, string contact, string title) => JsonSerializer.Serialize(new object[]
    {
        new
        {
            eventId = 1,
            subscriptionId = 1,
            portalId = stage.Sandbox.HubSpot.PortalId,
            appId = stage.Sandbox.HubSpot.AppId,
            occurredAt = stage.Time.GetUtcNow().AddSeconds(-30).ToUnixTimeMilliseconds(),
            subscriptionType = "contact.propertyChange",
            attemptNumber = 0,
            objectId = long.Parse(contact),
            changeSource = "CRM",
            propertyName = "jobtitle",
            propertyValue = title,
        },
    });

    private static (string Name, string Value)[] Signed(Stage stage, string body, DateTimeOffset at, string? secret = null)
    {
        var time = $"{at.ToUnixTimeMilliseconds()}";
        var uri = new Uri(stage.Address, "hooks/hubspot").AbsoluteUri;
        return [("X-HubSpot-Request-Timestamp", time), ("X-HubSpot-Signature-v3", HubSpotSignature.V3(secret ?? stage.Sandbox.HubSpot.Credentials.ClientSecret, "POST", uri, body, time))];
    }

    /// <summary>The status; a refusal must say why, as a problem, without repeating what was sent.</summary>
    private static async Task<int> SendAsync(HttpClient http, string path, string? contentType, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request, Stage.Token);
        var text = await response.Content.ReadAsStringAsync(Stage.Token);
        if (!response.IsSuccessStatusCode)
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Contains("\"detail\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Forged", text, StringComparison.Ordinal);
        }
        return (int)response.StatusCode;
    }

    private static async Task<string[]> ShownAsync(Stage stage) =>
        [.. (await stage.RecordsAsync()).Select(record => $"{record.Id} {string.Join(' ', record.Links.Select(link => $"{link.Ref}@{link.SeenAt:O}:{string.Join(',', link.Cells.Select(cell => $"{cell.Key}={cell.Value.State.Authored.Length}"))}"))}")];
}
