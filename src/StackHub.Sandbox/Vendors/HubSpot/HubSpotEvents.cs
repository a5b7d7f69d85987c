using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Records;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>Webhook events in HubSpot's shape, one for each subscribed change, and the POST that carries them.</summary>
internal sealed class HubSpotEvents(HubSpotState state, HubSpotOptions options, HubSpotSubscriptions subscriptions, VendorClock clock, WebhookSwitches switches, Func<WebhookSender> sender)
{
    public const int Batch = 100;

    public void Created(HubSpotRecord record, ChangeSource source, DateTimeOffset at) =>
        Emit(record, "creation", source, at, json => json["changeFlag"] = "CREATED");

    public void Deleted(HubSpotRecord record, ChangeSource source, DateTimeOffset at) =>
        Emit(record, "deletion", source, at, json => json["changeFlag"] = "DELETED");

    public void Restored(HubSpotRecord record, ChangeSource source, DateTimeOffset at) =>
        Emit(record, "restore", source, at, json => json["changeFlag"] = "RESTORED");

    public void Erased(HubSpotRecord record, ChangeSource source, DateTimeOffset at) =>
        Emit(record, "privacyDeletion", source, at, json => json["changeFlag"] = "DELETED");

    public void Changed(HubSpotRecord record, string property, string value, ChangeSource source, DateTimeOffset at) =>
        Emit(record, "propertyChange", source, at, json => (json["propertyName"], json["propertyValue"]) = (property, value), property);

    public void Merged(HubSpotRecord primary, HubSpotRecord loser, int moved, ChangeSource source, DateTimeOffset at) => Emit(primary, "merge", source, at, json =>
    {
        (json["changeFlag"], json["primaryObjectId"]) = ("MERGED", primary.Id);
        json["mergedObjectIds"] = new JsonArray(loser.Id);
        (json["newObjectId"], json["numberOfPropertiesMoved"]) = (primary.Id, moved);
    });

    public void Linked(HubSpotRecord from, HubSpotRecord to, int type, bool isRemoved, ChangeSource source, DateTimeOffset at) => Emit(from, "associationChange", source, at, json =>
    {
        json.Remove("objectId");
        (json["fromObjectId"], json["toObjectId"]) = (from.Id, to.Id);
        (json["associationType"], json["associationTypeId"]) = ($"{from.Type.Singular}_to_{to.Type.Singular}".ToUpperInvariant(), type);
        (json["associationRemoved"], json["isPrimaryAssociation"]) = (isRemoved, AssociationTypes.Find(type)?.Label == "Primary");
    });

    public HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt)
    {
        var body = events.Select(JsonNode (happened) =>
        {
            var json = (JsonObject)happened.Body.DeepClone();
            json["attemptNumber"] = attempt;
            return json;
        }).ToJsonArray().ToJsonString();
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        Sign(request.Headers, target.AbsoluteUri, body);
        return request;
    }

    private void Sign(HttpRequestHeaders headers, string uri, string body)
    {
        var timestamp = clock.Now.ToUnixTimeMilliseconds().ToString();
        headers.Add("X-HubSpot-Request-Timestamp", timestamp);
        headers.Add("X-HubSpot-Signature-Version", options.SignatureVersion);
        switch (options.SignatureVersion)
        {
            case "v1":
                headers.Add("X-HubSpot-Signature", HubSpotSignature.V1(switches.Secret, body));
                break;
            case "v2":
                headers.Add("X-HubSpot-Signature", HubSpotSignature.V2(switches.Secret, "POST", uri, body));
                break;
            default:
                headers.Add("X-HubSpot-Signature-v3", HubSpotSignature.V3(switches.Secret, "POST", uri, body, timestamp));
                break;
        }
    }

    private void Emit(HubSpotRecord record, string kind, ChangeSource source, DateTimeOffset at, Action<JsonObject> fill, string? property = null)
    {
        if (switches.Target is null)
            return;
        var type = $"{record.Type.Singular}.{kind}";
        if (subscriptions.Wanting(type, property) is not { } subscription)
            return;
        var json = new JsonObject
        {
            ["eventId"] = state.EventIds.Next(),
            ["subscriptionId"] = subscription.Id,
            ["portalId"] = options.PortalId,
            ["appId"] = options.AppId,
            ["occurredAt"] = at.ToUnixTimeMilliseconds(),
            ["subscriptionType"] = type,
            ["attemptNumber"] = 0,
            ["objectId"] = record.Id,
            ["changeSource"] = source.Name,
            ["sourceId"] = source.Id,
        };
        fill(json);
        sender().Emit(new(type, json));
    }
}
