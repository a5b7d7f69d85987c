using System.Globalization;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>The settings of a Salesforce system: what each is for, what is wrong with them, and how they are read.</summary>
internal static class SalesforceSettings
{
    public static readonly IReadOnlyList<SettingInfo> All =
    [
        new("loginUrl", "Where tokens come from: https://login.salesforce.com, https://test.salesforce.com or your My Domain", Default: "https://login.salesforce.com"),
        new("clientId", "Consumer key of the connected app", Required: true),
        new("clientSecret", "Consumer secret of the connected app (not needed with a private key)", Secret: true),
        new("refreshToken", "Refresh token of the web-server flow; without it and without a private key the client credentials flow is used (My Domain loginUrl)", Secret: true),
        new("privateKey", "PEM of the RSA private key for the JWT bearer flow", Secret: true),
        new("username", "User the JWT bearer flow acts as"),
        new("apiVersion", "REST API version", Default: "66.0"),
        new("organizationId", "Your organisation's id (00D...), checked on outbound messages"),
        new("clientName", "Name sent in Sforce-Call-Options, shown as the origin of our changes", Default: "StackHub"),
        new("hubIdField", "Custom text(32) field, External ID and Unique, on every synced object", Default: "StackHub_Id__c"),
        new("createPeopleAs", "Contact or Lead: what a new person becomes", Default: "Contact"),
        new("webhookToken", "Secret in the outbound message's endpoint address: hooks/{system}/{token} or ?token=", Secret: true),
        new("dailyCalls", "Calls a day this hub may use of the organisation's allowance"),
        new("concurrency", "Calls in flight at once", Default: "25"),
        new("feedLagSeconds", "How far the change feed stays behind: longer than your longest transaction, whose records show only when it ends", Default: "30"),
        new("allowDuplicates", "true saves a record although a duplicate rule warns", Default: "false"),
        new("fieldHistory", "true dates values from field history, where the organisation tracks it", Default: "false"),
    ];

    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        if (Text(settings, "clientId") is null)
            yield return "Salesforce: clientId is missing; it is the connected app's consumer key.";
        if (Text(settings, "privateKey") is null && Text(settings, "clientSecret") is null)
            yield return "Salesforce: set clientSecret (refresh token or client credentials) or privateKey (JWT bearer).";
        if (Text(settings, "privateKey") is not null && Text(settings, "username") is null)
            yield return "Salesforce: privateKey needs username, the user to act as.";
        if (Text(settings, "privateKey") is { } pem && !SalesforceAuth.IsRsaKey(pem))
            yield return "Salesforce: privateKey is not the PEM of an RSA private key.";
        if (!IsTrustedAddress(LoginAddress(settings)))
            yield return "Salesforce: loginUrl must be an https address.";
        if (SalesforceObject.Find(PeopleAs(settings)) is not { Kind: Records.RecordKind.Person })
            yield return "Salesforce: createPeopleAs must be Contact or Lead.";
        if (Text(settings, "webhookToken") is not null && Text(settings, "organizationId") is null)
            yield return "Salesforce: webhookToken needs organizationId; outbound messages are unsigned and are checked by both.";
        if (!decimal.TryParse(Text(settings, "apiVersion") ?? "66.0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            yield return "Salesforce: apiVersion must look like 66.0.";
        foreach (var name in new[] { "dailyCalls", "concurrency", "feedLagSeconds" })
            if (Text(settings, name) is { } number && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0))
                yield return $"Salesforce: {name} must be a positive whole number.";
        foreach (var name in new[] { "allowDuplicates", "fieldHistory" })
            if (Text(settings, name) is { } flag && !bool.TryParse(flag, out _))
                yield return $"Salesforce: {name} must be true or false.";
        if (Text(settings, "hubIdField") is { } field && !field.EndsWith("__c", StringComparison.Ordinal))
            yield return "Salesforce: hubIdField must be a custom field; its name ends in __c.";
    }

    public static SalesforceOptions Read(IReadOnlyDictionary<string, string> settings) => new()
    {
        LoginUrl = LoginAddress(settings)!,
        ClientId = Text(settings, "clientId")!,
        ClientSecret = Text(settings, "clientSecret"),
        RefreshToken = Text(settings, "refreshToken"),
        PrivateKey = Text(settings, "privateKey"),
        Username = Text(settings, "username"),
        ApiVersion = Text(settings, "apiVersion") ?? "66.0",
        OrganizationId = Text(settings, "organizationId"),
        ClientName = Text(settings, "clientName") ?? "StackHub",
        HubIdField = Text(settings, "hubIdField") ?? "StackHub_Id__c",
        CreatePeopleAs = SalesforceObject.Get(PeopleAs(settings)),
        WebhookToken = Text(settings, "webhookToken"),
        DailyCalls = Number(settings, "dailyCalls"),
        Concurrency = Number(settings, "concurrency") ?? 25,
        FeedLag = TimeSpan.FromSeconds(Number(settings, "feedLagSeconds") ?? 30),
        AllowDuplicates = Flag(settings, "allowDuplicates"),
        FieldHistory = Flag(settings, "fieldHistory"),
    };

    /// <summary>TLS everywhere but on this machine, where the sandbox runs.</summary>
    public static bool IsTrustedAddress(Uri? address) => address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static Uri? LoginAddress(IReadOnlyDictionary<string, string> settings) =>
        Uri.TryCreate((Text(settings, "loginUrl") ?? "https://login.salesforce.com").TrimEnd('/'), UriKind.Absolute, out var address) ? address : null;

    private static string PeopleAs(IReadOnlyDictionary<string, string> settings) => Text(settings, "createPeopleAs") ?? "Contact";

    private static int? Number(IReadOnlyDictionary<string, string> settings, string name) =>
        Text(settings, name) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static bool Flag(IReadOnlyDictionary<string, string> settings, string name) => Text(settings, name) is { } text && bool.Parse(text);

    private static string? Text(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
