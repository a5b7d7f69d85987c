using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>What the connector says of itself.</summary>
internal static class ZendeskInfo
{
    /// <summary>Records in a many-call, for reading and writing alike.</summary>
    public const int Batch = 100;

    public const string ExportScope = "export";

    public static ConnectorInfo Default { get; } = Of(new ZendeskOptions(new Dictionary<string, string>()));

    public static ConnectorInfo Of(ZendeskOptions options) => new()
    {
        Vendor = "zendesk",
        DisplayName = "Zendesk Support",
        Role = SystemRole.Service,
        Docs = new Uri("https://developer.zendesk.com/api-reference/ticketing/introduction/"),
        Scopes = ["read", "write", "an admin's token: exports and custom fields are for admins only"],
        Objects = [Object(ZendeskType.Organizations, options), Object(ZendeskType.Users, options)],
        Limits = [new("*", options.CallsPerMinute, TimeSpan.FromMinutes(1)), new(ExportScope, options.ExportsPerMinute, TimeSpan.FromMinutes(1))],
        Settings = ZendeskOptions.Settings,
        OwnersNote = "users and organizations have no owner; only tickets have an assignee, and tickets are not synced",
        DefaultMaps = ZendeskMaps.Default,
        WebhookScheme = "X-Zendesk-Webhook-Signature: HMAC-SHA256 of timestamp and body, base64",
    };

    private static ObjectInfo Object(ZendeskType type, ZendeskOptions options) => new(type.Name, type.Kind)
    {
        ReadBatch = Batch,
        WriteBatch = Batch,
        TimePrecision = TimeSpan.FromSeconds(1),
        IndexLag = options.ExportLag,
        Privacy = type.IsUsers ? ZendeskErasure.Ability : PrivacyAbility.NotOfPeople,
        HubIdField = "external_id", // unique, whatever the case
    };
}
