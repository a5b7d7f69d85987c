using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>Notifications in Intercom's shape, one for each POST.</summary>
internal sealed class IntercomEvents(IntercomOptions options, VendorClock clock, WebhookSwitches switches, Func<WebhookSender> sender)
{
    private readonly IntercomJson shapes = new(options);
    private readonly Sequence numbers = new();

    public void Contact(string topic, IntercomContact contact) => Emit(topic, () => topic == "contact.deleted" ? IntercomJson.Reference(contact) : shapes.Of(contact));

    public void Company(string topic, IntercomCompany company) => Emit(topic, () => shapes.Of(company));

    public void Merged(IntercomContact from, IntercomContact into) => Emit("contact.merged", () =>
    {
        var item = shapes.Of(into);
        item["merged_from"] = new JsonObject { ["type"] = "contact", ["id"] = from.Id };
        return item;
    });

    public void Attached(string topic, IntercomContact contact, IntercomCompany company) => Emit(topic, () => new JsonObject
    {
        ["type"] = "contact_company",
        ["company"] = shapes.Of(company),
        ["contact"] = shapes.Of(contact),
    });

    public void Ping() => Emit("ping", () => new JsonObject { ["type"] = "ping", ["message"] = "something something interzen" });

    public HttpRequestMessage Envelope(Uri target, WebhookEvent happened, int attempt)
    {
        var json = (JsonObject)happened.Body.DeepClone();
        json["delivery_attempts"] = attempt + 1;
        var body = json.ToJsonString();
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("X-Hub-Signature", IntercomSignature.Of(switches.Secret, body));
        return request;
    }

    private void Emit(string topic, Func<JsonObject> item)
    {
        if (switches.Target is null)
            return;
        var now = clock.Now.ToUnixTimeSeconds();
        sender().Emit(new(topic, new()
        {
            ["type"] = "notification_event",
            ["app_id"] = options.AppId,
            ["data"] = new JsonObject { ["type"] = "notification_event_data", ["item"] = item() },
            ["links"] = new JsonObject(),
            ["id"] = $"notif_{numbers.NextGuid()}",
            ["topic"] = topic,
            ["delivery_status"] = "pending",
            ["delivery_attempts"] = 1,
            ["delivered_at"] = 0,
            ["first_sent_at"] = now,
            ["created_at"] = now,
            ["self"] = null,
        }));
    }
}
