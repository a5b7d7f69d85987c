using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Records;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>System webhooks: events of metrics about profiles. There is no topic for an edited profile.</summary>
internal sealed class KlaviyoEvents(VendorClock clock, WebhookSwitches switches, Func<WebhookSender> sender, Func<Uri> baseUrl)
{
    public const string WebhookId = "01SBXWEBHOOK00000000000000";

    private readonly Sequence numbers = new();

    public void Consent(KlaviyoProfile profile)
    {
        var topic = profile.Subscription.Consent == "SUBSCRIBED" ? "event:klaviyo.subscribed_to_email_marketing" : "event:klaviyo.unsubscribed_from_email_marketing";
        if (switches.Target is not null)
            sender().Emit(new(topic, Item(topic, profile)));
    }

    public HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> happened)
    {
        var timestamp = clock.Now.ToString("R");
        var body = new JsonObject
        {
            ["data"] = happened.Select(JsonNode (one) => one.Body.DeepClone()).ToJsonArray(),
            ["meta"] = new JsonObject { ["klaviyo_webhook_id"] = WebhookId, ["timestamp"] = timestamp, ["version"] = 1 },
        }.ToJsonString();
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Klaviyo-Webhook-Id", WebhookId);
        request.Headers.Add("Klaviyo-Timestamp", timestamp);
        request.Headers.Add("Klaviyo-Signature", KlaviyoSignature.Of(switches.Secret, body, timestamp));
        return request;
    }

    private JsonObject Item(string topic, KlaviyoProfile profile)
    {
        var id = $"5sbx{numbers.Next():x8}";
        return new()
        {
            ["topic"] = topic,
            ["external_id"] = id,
            ["payload"] = new JsonObject { ["data"] = Event(id, profile) },
        };
    }

    private JsonObject Event(string id, KlaviyoProfile profile) => new()
    {
        ["type"] = "event",
        ["id"] = id,
        ["attributes"] = new JsonObject
        {
            ["timestamp"] = clock.Now.ToUnixTimeSeconds(),
            ["event_properties"] = new JsonObject(),
            ["datetime"] = KlaviyoJson.Time(clock.Now),
            ["uuid"] = numbers.NextGuid().ToString(),
        },
        ["relationships"] = new JsonObject
        {
            ["profile"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "profile", ["id"] = profile.Id } },
            ["metric"] = new JsonObject { ["data"] = new JsonObject { ["type"] = "metric", ["id"] = "XSbxMt" } },
        },
        ["links"] = new JsonObject { ["self"] = new Uri(baseUrl(), $"/api/events/{id}/").ToString() },
    };
}
