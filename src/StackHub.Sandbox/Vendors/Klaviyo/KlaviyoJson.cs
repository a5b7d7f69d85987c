using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo.Records;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>Profiles in JSON:API's shape.</summary>
internal sealed class KlaviyoJson(Func<Uri> baseUrl)
{
    /// <summary>Klaviyo tells times by the second, though it keeps them finer.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'");

    public JsonObject Of(KlaviyoProfile profile, bool withSubscriptions) => new()
    {
        ["type"] = "profile",
        ["id"] = profile.Id,
        ["attributes"] = Attributes(profile, withSubscriptions),
        ["relationships"] = new JsonObject
        {
            ["lists"] = Related(profile, "lists"),
            ["segments"] = Related(profile, "segments"),
            ["push-tokens"] = Related(profile, "push-tokens"),
        },
        ["links"] = Self($"/api/profiles/{profile.Id}/"),
    };

    public JsonObject Self(string path) => new() { ["self"] = Address(path) };

    public string Address(string path) => new Uri(baseUrl(), path).AbsoluteUri;

    private static JsonObject Attributes(KlaviyoProfile profile, bool withSubscriptions)
    {
        var json = new JsonObject { ["email"] = profile.Email, ["phone_number"] = profile.Phone, ["external_id"] = profile.ExternalId };
        foreach (var name in KlaviyoAttributes.Texts)
            json[name] = profile.Texts.GetValueOrDefault(name);
        json["created"] = Time(profile.Created);
        json["updated"] = Time(profile.Updated);
        json["last_event_date"] = null;
        json["location"] = Location(profile);
        json["properties"] = new JsonObject(profile.Properties.Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
        if (withSubscriptions)
            json["subscriptions"] = new JsonObject { ["email"] = new JsonObject { ["marketing"] = Marketing(profile.Subscription) } };
        return json;
    }

    private static JsonObject Location(KlaviyoProfile profile)
    {
        var json = new JsonObject();
        foreach (var name in KlaviyoAttributes.Places)
        {
            if (name is not ("latitude" or "longitude") || profile.Location.ContainsKey(name)) // the description lets these two be no null
                json[name] = profile.Location.GetValueOrDefault(name)?.DeepClone();
        }

        return json;
    }

    private static JsonObject Marketing(Subscription subscription) => new()
    {
        ["can_receive_email_marketing"] = subscription.CanReceive,
        ["consent"] = subscription.Consent,
        ["consent_timestamp"] = subscription.At is { } at ? Time(at) : null,
        ["last_updated"] = subscription.At is { } updated ? Time(updated) : null,
        ["suppression"] = subscription.Suppressions.Select(JsonNode (one) => new JsonObject { ["reason"] = one.Key, ["timestamp"] = Time(one.Value) }).ToJsonArray(),
        ["list_suppressions"] = subscription.LeftLists
            .Select(JsonNode (one) => new JsonObject { ["list_id"] = one.Key, ["reason"] = "UNSUBSCRIBE", ["timestamp"] = Time(one.Value) }).ToJsonArray(),
    };

    private JsonObject Related(KlaviyoProfile profile, string name) => new()
    {
        ["links"] = new JsonObject
        {
            ["self"] = Address($"/api/profiles/{profile.Id}/relationships/{name}/"),
            ["related"] = Address($"/api/profiles/{profile.Id}/{name}/"),
        },
    };
}
