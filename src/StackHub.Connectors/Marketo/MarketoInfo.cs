using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>What the connector says of itself.</summary>
internal static class MarketoInfo
{
    public static ConnectorInfo Default { get; } = Of(MarketoOptions.From(new Dictionary<string, string> { ["baseUrl"] = "https://example.mktorest.com" }));

    public static ConnectorInfo Of(MarketoOptions options) => new()
    {
        Vendor = "marketo",
        DisplayName = "Adobe Marketo Engage",
        Role = SystemRole.Marketing,
        Docs = new Uri("https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/rest-api"),
        Scopes = ["Read-Write Lead", "Read-Only Activity", "Read-Write Company", "Read-Write Named Opportunity", "Read-Write Schema Custom Field"],
        Objects = [.. MarketoObject.All.Select(type => Object(type, options))],
        Limits = [new("*", options.CallsPerWindow, TimeSpan.FromSeconds(20)), new("*", options.CallsPerDay, TimeSpan.FromDays(1))],
        Settings = MarketoOptions.Settings,
        OwnersNote = "the lead owner comes from the CRM that Marketo is connected to, and cannot be set in Marketo: the hub sets it in the CRM",
        DefaultMaps = MarketoMaps.Default,
        WebhookScheme = options.WebhookToken is null ? null : "a token in a header (Marketo signs nothing)",
    };

    private static ObjectInfo Object(MarketoObject type, MarketoOptions options) => new(type.Name, type.Kind)
    {
        ReadBatch = options.Batch,
        WriteBatch = options.Batch,
        TimePrecision = TimeSpan.FromSeconds(1),
        IndexLag = options.ActivityLag,
        Privacy = type.IsLeads ? MarketoErasure.Ability : PrivacyAbility.NotOfPeople,
        HubIdField = type.IsLeads ? options.IdField : type.Key,
        CreateIsIdempotent = !type.IsLeads, // a lead is found by its address first, and that may have been changed meanwhile
    };
}
