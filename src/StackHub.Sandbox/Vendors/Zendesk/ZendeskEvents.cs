using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>Events in Zendesk's shape, one a request. Ids in them are texts, and they hold only a few of the record's properties.</summary>
internal sealed class ZendeskEvents(VendorClock clock, WebhookSwitches switches, Func<WebhookSender> sender)
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private readonly Sequence numbers = new();

    public static JsonObject Change(JsonNode? current, JsonNode? previous) => new() { ["current"] = current, ["previous"] = previous };

    public void User(string topic, ZendeskUser user, JsonObject? change) => Emit($"user.{topic}", $"zen:user:{user.Id}", change, () => new()
    {
        ["created_at"] = Text(user.CreatedAt),
        ["updated_at"] = Text(user.UpdatedAt),
        ["email"] = user.Email ?? "",
        ["external_id"] = user.ExternalId ?? "",
        ["default_group_id"] = "0",
        ["id"] = user.Id.ToString(CultureInfo.InvariantCulture),
        ["organization_id"] = (user.OrganizationId ?? 0).ToString(CultureInfo.InvariantCulture),
        ["role"] = user.Role,
    });

    public void Organization(string topic, ZendeskOrganization organization, JsonObject? change) => Emit($"organization.{topic}", $"zen:organization:{organization.Id}", change, () => new()
    {
        ["created_at"] = Text(organization.CreatedAt),
        ["updated_at"] = Text(organization.UpdatedAt),
        ["external_id"] = organization.ExternalId ?? "",
        ["id"] = organization.Id.ToString(CultureInfo.InvariantCulture),
        ["name"] = organization.Name,
        ["shared_comments"] = false,
        ["shared_tickets"] = false,
    });

    public HttpRequestMessage Envelope(Uri target, WebhookEvent happened)
    {
        var body = happened.Body.ToJsonString();
        var timestamp = Text(clock.Now);
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("X-Zendesk-Account-Id", "21424242");
        request.Headers.Add("X-Zendesk-Webhook-Id", "01GSANDBOXWEBHOOK");
        request.Headers.Add("X-Zendesk-Webhook-Signature-Timestamp", timestamp);
        request.Headers.Add("X-Zendesk-Webhook-Signature", ZendeskSignature.Of(switches.Secret, timestamp, body));
        return request;
    }

    private void Emit(string topic, string subject, JsonObject? change, Func<JsonObject> detail)
    {
        if (switches.Target is null)
            return;
        sender().Emit(new(topic, new()
        {
            ["type"] = $"zen:event-type:{topic}",
            ["account_id"] = 21424242,
            ["id"] = numbers.NextGuid().ToString(),
            ["time"] = Text(clock.Now),
            ["zendesk_event_version"] = "2022-06-20",
            ["subject"] = subject,
            ["detail"] = detail(),
            ["event"] = change ?? new JsonObject(),
        }));
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);
}
