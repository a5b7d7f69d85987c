using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>What the connector says of itself; some of it depends on a system's settings.</summary>
internal static class SalesforceInfo
{
    public static ConnectorInfo Default { get; } = new()
    {
        Vendor = "salesforce",
        DisplayName = "Salesforce",
        Role = SystemRole.Crm,
        Docs = new("https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/"),
        Scopes = ["api", "refresh_token, offline_access"],
        Objects = Objects(SalesforceObject.Contact, datesFields: false, TimeSpan.FromSeconds(30)),
        Limits = [],
        Settings = SalesforceSettings.All,
        DefaultMaps = SalesforceMaps.Default,
        OwnerFields = SalesforceMaps.Default.ToDictionary(map => map.ObjectType, _ => "OwnerId"),
        WebhookScheme = "secret address and OrganizationId (outbound messages are not signed)",
    };

    public static ConnectorInfo For(SalesforceOptions options) => Default with
    {
        // An id alone is enough: Salesforce sends a person on to the record's page.
        Objects = [.. Objects(options.CreatePeopleAs, options.FieldHistory, options.FeedLag).Select(type => type with { PageUrl = $"{options.LoginUrl.GetLeftPart(UriPartial.Authority)}/{{id}}" })],
        Limits = options.DailyCalls is { } calls ? [new("*", calls, TimeSpan.FromDays(1))] : [],
    };

    private static IReadOnlyList<ObjectInfo> Objects(SalesforceObject createPeopleAs, bool datesFields, TimeSpan feedLag) =>
    [
        .. SalesforceObject.All.Select(type => type.Info(canCreate: type.Kind != Records.RecordKind.Person || type == createPeopleAs, datesFields, feedLag)),
    ];
}
