using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Tests.Configuration;

/// <summary>Connectors that only describe themselves, shaped like the real ones.</summary>
internal static class Vendors
{
    public static readonly IReadOnlyList<IConnectorFactory> All = [new Described(Salesforce(), SalesforceProblems), new Described(HubSpot(), _ => []), new Described(Intercom(), _ => [])];

    private static ConnectorInfo Salesforce() => Info("salesforce", "Salesforce") with
    {
        WebhookScheme = "secret address",
        Objects = [Object("Account", RecordKind.Account), Object("Lead", RecordKind.Person) with { CanCreate = false }, Object("Contact", RecordKind.Person), Object("Opportunity", RecordKind.Opportunity)],
        Settings =
        [
            new("loginUrl", "Where tokens come from", Default: "https://login.salesforce.com"),
            new("clientId", "Consumer key of the connected app", Required: true),
            new("clientSecret", "Consumer secret of the connected app", Secret: true),
            new("refreshToken", "Refresh token", Secret: true),
            new("privateKey", "PEM of the RSA private key", Secret: true),
            new("apiVersion", "REST API version", Default: "66.0"),
            new("createPeopleAs", "Contact or Lead: what a new person becomes", Default: "Contact"),
        ],
        DefaultMaps =
        [
            new("Account", RecordKind.Account, [new("name", "Name") { MaxLength = 255, Placeholder = "Unknown" }, new("domain", "Website") { Inbound = ["domain"] }, new("industry", "Industry") { Type = FieldType.Choice }]),
            new("Lead", RecordKind.Person, [.. Person(), new("company", "Company") { Placeholder = "Unknown" }]),
            new("Contact", RecordKind.Person, [.. Person(), new("account", "AccountId") { Type = FieldType.Reference, To = RecordKind.Account }]),
            new("Opportunity", RecordKind.Opportunity, [new("name", "Name"), new("amount", "Amount") { Type = FieldType.Number }, new("contacts", "OpportunityContactRoles") { Type = FieldType.References, To = RecordKind.Person }]),
        ],
    };

    private static ConnectorInfo HubSpot() => Info("hubspot", "HubSpot") with
    {
        Objects = [Object("companies", RecordKind.Account), Object("contacts", RecordKind.Person), Object("tickets", RecordKind.Opportunity)],
        Settings = [new("accessToken", "A private app's token.", Secret: true), new("webhookSecret", "The app's client secret.", Secret: true), new("history", "Whether values are dated.", Default: "true")],
        DefaultMaps =
        [
            new("companies", RecordKind.Account, [new("name", "name"), new("industry", "industry"), new("churnRisk", "churn_risk") { Type = FieldType.Number }]),
            new("contacts", RecordKind.Person, [new("email", "email") { Type = FieldType.Email }, new("phone", "phone") { Type = FieldType.Phone }, new("lifecycleStage", "lifecyclestage") { Type = FieldType.Choice }, new("leadScore", "hubspotscore") { Type = FieldType.Number, Direction = MapDirection.In }]),
        ],
    };

    private static ConnectorInfo Intercom() => Info("intercom", "Intercom") with
    {
        Objects = [Object("companies", RecordKind.Account), Object("contacts", RecordKind.Person)],
        Settings = [new("accessToken", "Access token of the app", Secret: true, Required: true), new("createPeopleAs", "Role of new contacts: user or lead", Default: "user")],
        DefaultMaps =
        [
            new("companies", RecordKind.Account, [new("name", "name")]),
            new("contacts", RecordKind.Person, [new("email", "email") { Type = FieldType.Email }, new("phone", "phone") { Type = FieldType.Phone }]),
        ],
    };

    private static FieldMap[] Person() =>
    [
        new("email", "Email") { Type = FieldType.Email, MaxLength = 80 },
        new("firstName", "FirstName"),
        new("lastName", "LastName") { Placeholder = "Unknown" },
        new("phone", "Phone") { Type = FieldType.Phone },
        new("mobilePhone", "MobilePhone") { Type = FieldType.Phone },
        new("leadSource", "LeadSource") { Type = FieldType.Choice },
        new("emailOptOut", "HasOptedOutOfEmail") { Type = FieldType.Boolean },
    ];

    private static IEnumerable<string> SalesforceProblems(IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.ContainsKey("clientId"))
            yield return "Salesforce: clientId is missing; it is the connected app's consumer key.";
        if (!settings.ContainsKey("clientSecret") && !settings.ContainsKey("privateKey"))
            yield return "Salesforce: set clientSecret (refresh token) or privateKey (JWT bearer).";
        if (settings.TryGetValue("privateKey", out var pem) && !pem.StartsWith("-----BEGIN", StringComparison.Ordinal))
            yield return "Salesforce: privateKey is not the PEM of an RSA private key.";
        if (settings.TryGetValue("loginUrl", out var url) && !url.StartsWith("https://", StringComparison.Ordinal))
            yield return "Salesforce: loginUrl must be an https address.";
    }

    private static ObjectInfo Object(string name, RecordKind kind) => new(name, kind) { ReadBatch = 100, WriteBatch = 100 };

    private static ConnectorInfo Info(string vendor, string name) => new()
    {
        Vendor = vendor,
        DisplayName = name,
        Docs = new($"https://docs.example.com/{vendor}"),
        Scopes = [],
        Objects = [],
        Limits = [],
        Settings = [],
        DefaultMaps = [],
    };

    private sealed class Described(ConnectorInfo info, Func<IReadOnlyDictionary<string, string>, IEnumerable<string>> problems) : IConnectorFactory
    {
        public ConnectorInfo Info => info;

        public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => problems(settings);

        public IConnector Create(ConnectorContext context) => throw new NotSupportedException();
    }
}
