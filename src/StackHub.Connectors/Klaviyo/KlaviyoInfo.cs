using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Klaviyo;

/// <summary>What the connector says of itself.</summary>
internal static class KlaviyoInfo
{
    public static ConnectorInfo Of(KlaviyoOptions options) => new()
    {
        Vendor = "klaviyo",
        DisplayName = "Klaviyo",
        Role = SystemRole.Marketing,
        Docs = new Uri("https://developers.klaviyo.com/en/reference/api_overview"),
        Scopes = ["profiles:read", "profiles:write", "lists:read", "lists:write", "subscriptions:read", "subscriptions:write", "data-privacy:write"],
        Objects =
        [
            new ObjectInfo(KlaviyoFields.Profiles, RecordKind.Person)
            {
                ReadBatch = KlaviyoQuery.PageSize,
                WriteBatch = options.WriteBatch,
                HubIdField = KlaviyoFields.ExternalId,
                TimePrecision = TimeSpan.FromSeconds(1),
                IndexLag = options.IndexLag,
                Privacy = KlaviyoErasure.Ability,
            },
        ],
        Limits = KlaviyoLimits.Of(options.RatePercent),
        Settings = KlaviyoOptions.Settings,
        OwnersNote = "profiles have no owner",
        DefaultMaps = KlaviyoMaps.Default,
        WebhookScheme = "Klaviyo-Signature: HMAC-SHA256 of body and Klaviyo-Timestamp",
    };
}
