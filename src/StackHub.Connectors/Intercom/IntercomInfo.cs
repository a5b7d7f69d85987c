using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>What the connector says of itself.</summary>
internal static class IntercomInfo
{
    /// <summary>10,000 a minute, "evenly distributed" over 10-second slices.</summary>
    public const int VendorCallsPerSlice = 1_666;

    private const int CallsPerMinute = 10_000;

    public static ConnectorInfo Default { get; } = Of(IntercomOptions.From(new Dictionary<string, string>()));

    public static ConnectorInfo Of(IntercomOptions options) => new()
    {
        Vendor = "intercom",
        DisplayName = "Intercom",
        Role = SystemRole.Service,
        Docs = new Uri("https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/"),
        Scopes = ["Read users and companies", "Read and write users", "Read one user and one company", "Read and write companies", "Read and write data attributes"],
        Objects =
        [
            Object(IntercomFields.Companies, RecordKind.Account, options),
            Object(IntercomFields.Contacts, RecordKind.Person, options),
        ],
        Limits =
        [
            new RateLimit("*", options.CallsPerSlice, TimeSpan.FromSeconds(10)),
            new RateLimit("*", Math.Max(CallsPerMinute, options.CallsPerSlice * 6), TimeSpan.FromMinutes(1)),
        ],
        Settings = IntercomOptions.Settings,
        OwnerFields = new Dictionary<string, string> { [IntercomFields.Contacts] = IntercomFields.Owner },
        OwnersNote = "companies have no owner",
        DefaultMaps = IntercomMapping.DefaultMaps,
        WebhookScheme = "X-Hub-Signature: sha1 HMAC of the body with the client secret",
    };

    private static ObjectInfo Object(string type, RecordKind kind, IntercomOptions options) => new(type, kind)
    {
        ReadBatch = 50, // read one by one: a search would lag behind the very change that made us read
        WriteBatch = options.WriteBatch,
        WritesOneByOne = true,
        TimePrecision = TimeSpan.FromSeconds(1),
        IndexLag = options.SearchLag,
        HubIdField = kind == RecordKind.Account ? "company_id" : "external_id",
        CreateIsIdempotent = kind == RecordKind.Account, // a company is an upsert by company_id; a contact is not
        PageUrl = PageUrl(kind, options),
        Privacy = kind == RecordKind.Person ? IntercomErasure.Ability : PrivacyAbility.NotOfPeople,
    };

    /// <summary>The pages' host is the API's with "app" for "api": each region has its own.</summary>
    private static string? PageUrl(RecordKind kind, IntercomOptions options) => options.Workspace is not { } workspace
        ? null
        : $"https://{options.BaseUrl.Host.Replace("api.", "app.", StringComparison.Ordinal).Replace(".io", ".com", StringComparison.Ordinal)}/a/apps/{Uri.EscapeDataString(workspace)}/{(kind == RecordKind.Account ? "companies/{id}" : "users/{id}/all-conversations")}";
}
