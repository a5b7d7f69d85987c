using System.Globalization;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Klaviyo;

/// <summary>The settings of one Klaviyo account; it never prints its secrets.</summary>
internal sealed class KlaviyoOptions(IReadOnlyDictionary<string, string> settings)
{
    public const int MaxImport = 10_000;

    private static readonly (string Name, int From, int To)[] Numbers =
        [("ratePercent", 1, 100), ("writeBatch", 1, MaxImport), ("bulkFrom", 1, MaxImport), ("concurrency", 1, 32), ("indexLagSeconds", 0, 3600), ("jobWaitSeconds", 1, 600), ("confirmSeconds", 0, 60)];

    public static IReadOnlyList<SettingInfo> Settings { get; } =
    [
        new("apiKey", "A private API key (pk_...); or clientId, clientSecret and refreshToken of an OAuth app.", Secret: true),
        new("clientId", "The OAuth app's client id."),
        new("clientSecret", "The OAuth app's client secret.", Secret: true),
        new("refreshToken", "The OAuth grant's first refresh token.", Secret: true),
        new("webhookSecret", "The secret_key of the webhook, with which it is signed.", Secret: true),
        new("baseUrl", "Where the API is.", Default: "https://a.klaviyo.com"),
        new("revision", "The API revision sent with every call.", Default: "2026-07-15"),
        new("ratePercent", "The share of Klaviyo's limits that the hub allows itself.", Default: "90"),
        new("writeBatch", "Records in one write, 1 to 10,000.", Default: "500"),
        new("bulkFrom", "From this many records on a write goes by a bulk import job, below it one by one.", Default: "25"),
        new("concurrency", "Records written side by side when one by one, 1 to 32.", Default: "8"),
        new("indexLagSeconds", "How long a change may take to show in the change feed.", Default: "60"),
        new("jobWaitSeconds", "How long a job is waited for before its records are tried again later.", Default: "60"),
        new("confirmSeconds", "How long what a finished job wrote may take to be readable.", Default: "5"),
        new("optOutBy", "How an opt-out is written: suppress (the address gets no marketing at all) or unsubscribe (from 'list').", Default: "suppress"),
        new("list", "The list that opt-outs unsubscribe from; who left it counts as opted out."),
        new("optInList", "The list a person is subscribed to when their own opt-out is taken back; without it that is refused."),
    ];

    public Uri BaseUrl => new(Text("baseUrl"), UriKind.Absolute);

    public string Revision => Text("revision");

    public string? WebhookSecret => Find("webhookSecret");

    public int RatePercent => Number("ratePercent");

    public int WriteBatch => Number("writeBatch");

    public int BulkFrom => Number("bulkFrom");

    public int Concurrency => Number("concurrency");

    public TimeSpan IndexLag => TimeSpan.FromSeconds(Number("indexLagSeconds"));

    public TimeSpan JobWait => TimeSpan.FromSeconds(Number("jobWaitSeconds"));

    public TimeSpan ConfirmWait => TimeSpan.FromSeconds(Number("confirmSeconds"));

    public bool UnsubscribesFromList => Text("optOutBy") == "unsubscribe";

    public string? List => Find("list");

    public string? OptInList => Find("optInList");

    public VendorAuth Auth => Find("apiKey") is { } key
        ? new VendorAuth.Fixed("Klaviyo-API-Key", key)
        : new VendorAuth.OAuth(new Uri(BaseUrl, "/oauth/token"), Grant) { BasicClient = $"{Find("clientId")}:{Find("clientSecret")}" };

    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        var options = new KlaviyoOptions(settings);
        if (options.Find("apiKey") is null && (options.Find("clientId") is null || options.Find("clientSecret") is null || options.Find("refreshToken") is null))
            yield return "Klaviyo needs 'apiKey', or 'clientId', 'clientSecret' and 'refreshToken'.";
        if (!Uri.TryCreate(options.Text("baseUrl"), UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
            yield return "Klaviyo's 'baseUrl' must be an https address.";
        if (!DateOnly.TryParseExact(options.Revision.Split('.')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return "Klaviyo's 'revision' must be a date such as 2026-07-15.";
        if (options.Text("optOutBy") is not ("suppress" or "unsubscribe"))
            yield return "Klaviyo's 'optOutBy' must be suppress or unsubscribe.";
        if (options is { UnsubscribesFromList: true, List: null })
            yield return "Klaviyo's 'optOutBy: unsubscribe' needs 'list': without a list, an unsubscription would be from everything.";
        foreach (var (name, from, to) in Numbers)
        {
            if (!int.TryParse(options.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < from || value > to)
                yield return $"Klaviyo's '{name}' must be a whole number from {from} to {to}.";
        }
    }

    public override string ToString() => "settings of Klaviyo";

    private IReadOnlyList<KeyValuePair<string, string>> Grant(VendorToken? stored) =>
        [new("grant_type", "refresh_token"), new("refresh_token", stored?.RefreshToken ?? Find("refreshToken") ?? "")];

    private string? Find(string name) => settings.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private string Text(string name) => Find(name) ?? Settings.First(setting => setting.Name == name).Default ?? "";

    private int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);
}
