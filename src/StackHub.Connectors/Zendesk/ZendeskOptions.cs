using System.Globalization;
using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Zendesk;

/// <summary>One Zendesk system's settings, read from its configuration.</summary>
internal sealed class ZendeskOptions(IReadOnlyDictionary<string, string> settings)
{
    public static readonly IReadOnlyList<SettingInfo> Settings =
    [
        new("baseUrl", "The account: https://{subdomain}.zendesk.com", Required: true),
        new("email", "E-mail of the admin whose API token it is"),
        new("apiToken", "API token (Admin Center > Apps and integrations > Zendesk API); or clientId, clientSecret and refreshToken", Secret: true),
        new("clientId", "The OAuth client's unique identifier"),
        new("clientSecret", "The OAuth client's secret", Secret: true),
        new("refreshToken", "The OAuth grant's first refresh token", Secret: true),
        new("webhookSecret", "The webhook's signing secret", Secret: true),
        new("callsPerMinute", "Calls allowed in a minute, a little below the plan's limit: Team 200, Growth and Professional 400, Enterprise 700, Enterprise Plus or High Volume 2500", Default: "190"),
        new("exportsPerMinute", "Incremental exports in a minute; Zendesk allows 10", Default: "9"),
        new("bulkImports", "auto: many users are created by one job, and one by one where Zendesk has not enabled that for the account; off: always one by one", Default: "auto"),
        new("jobs", "Background jobs the hub has waiting or working at once; Zendesk allows 30 in the account", Default: "20"),
        new("jobSeconds", "How long to wait for a job", Default: "120"),
        new("jobPollMilliseconds", "First wait between two looks at a job; it doubles up to 5 seconds", Default: "250"),
        new("concurrency", "Single calls side by side, 1 to 32", Default: "4"),
        new("exportPage", "Records in a page of an export, 1 to 1000", Default: "1000"),
        new("exportLagSeconds", "How long a change takes to show in an export; Zendesk holds back the last minute", Default: "75"),
        new("searchLagSeconds", "How long a new user may take to be found by address", Default: "300"),
    ];

    public Uri BaseUrl => new(Text("baseUrl"));

    public string? WebhookSecret => Find("webhookSecret");

    public int CallsPerMinute => Number("callsPerMinute");

    public int ExportsPerMinute => Number("exportsPerMinute");

    public bool BulkImports => Text("bulkImports") == "auto";

    public int Jobs => Number("jobs");

    public TimeSpan JobWait => TimeSpan.FromSeconds(Number("jobSeconds"));

    public TimeSpan JobPoll => TimeSpan.FromMilliseconds(Number("jobPollMilliseconds"));

    public int Concurrency => Number("concurrency");

    public int ExportPage => Number("exportPage");

    public TimeSpan ExportLag => TimeSpan.FromSeconds(Number("exportLagSeconds"));

    public TimeSpan SearchLag => TimeSpan.FromSeconds(Number("searchLagSeconds"));

    /// <summary>The token endpoint is documented to take JSON.</summary>
    public VendorAuth Auth => Find("apiToken") is { } token
        ? new VendorAuth.Fixed("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Text("email")}/token:{token}")))
        : new VendorAuth.OAuth(new Uri(BaseUrl, "/oauth/tokens"), Grant) { AsJson = true };

    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        var options = new ZendeskOptions(settings);
        if (!Uri.TryCreate(options.Text("baseUrl"), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback))
            yield return "Zendesk's 'baseUrl' must be an https address: https://{subdomain}.zendesk.com.";
        if (options.Find("apiToken") is null && (options.Find("clientId") is null || options.Find("clientSecret") is null || options.Find("refreshToken") is null))
            yield return "Zendesk needs 'email' and 'apiToken', or 'clientId', 'clientSecret' and 'refreshToken'.";
        if (options.Find("apiToken") is not null && options.Find("email") is null)
            yield return "Zendesk's 'apiToken' needs the 'email' of the admin it belongs to.";
        if (options.Text("bulkImports") is not ("auto" or "off"))
            yield return "Zendesk's 'bulkImports' must be auto or off.";
        foreach (var problem in options.RangeProblems())
            yield return problem;
    }

    public override string ToString() => "settings";

    private IEnumerable<string> RangeProblems() =>
        from rule in new (string Name, int From, int To)[]
        {
            ("callsPerMinute", 1, 100_000), ("exportsPerMinute", 1, 1_000), ("jobs", 1, 30), ("jobSeconds", 1, 3600), ("jobPollMilliseconds", 1, 5_000),
            ("concurrency", 1, 32), ("exportPage", 1, 1_000), ("exportLagSeconds", 0, 3600), ("searchLagSeconds", 0, 3600),
        }
        where !int.TryParse(Text(rule.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < rule.From || value > rule.To
        select $"Zendesk's '{rule.Name}' must be a whole number from {rule.From} to {rule.To}.";

    private IReadOnlyList<KeyValuePair<string, string>> Grant(VendorToken? stored) =>
    [
        new("grant_type", "refresh_token"),
        new("client_id", Text("clientId")),
        new("client_secret", Text("clientSecret")),
        new("refresh_token", stored?.RefreshToken ?? Text("refreshToken")),
    ];

    private string? Find(string name) => settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private string Text(string name) => Find(name) ?? Settings.First(setting => setting.Name == name).Default ?? "";

    private int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);
}
