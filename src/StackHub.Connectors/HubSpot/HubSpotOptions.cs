using System.Collections.Frozen;
using System.Globalization;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.HubSpot;

/// <summary>One HubSpot system's settings, read from its configuration.</summary>
internal sealed class HubSpotOptions
{
    public static readonly IReadOnlyList<SettingInfo> Settings =
    [
        new("accessToken", "A private app's token; or clientId, clientSecret and refreshToken of an OAuth app.", Secret: true),
        new("clientId", "The OAuth app's client id."),
        new("clientSecret", "The OAuth app's client secret.", Secret: true),
        new("refreshToken", "The OAuth grant's first refresh token.", Secret: true),
        new("webhookSecret", "The app's client secret, with which webhooks are signed; default is clientSecret.", Secret: true),
        new("signatureVersions", "Webhook signature versions accepted, of v3, v2 and v1.", Default: "v3"),
        new("portalId", "The HubSpot account; events of other accounts are ignored."),
        new("baseUrl", "Where the API is.", Default: "https://api.hubapi.com"),
        new("apiVersion", "\"v3\", or a dated version such as \"2026-03\".", Default: "v3"),
        new("ratePermits", "Calls allowed in 10 seconds.", Default: "190"),
        new("searchPermits", "Searches allowed in a second.", Default: "4"),
        new("idProperty", "Our own unique property, which holds the hub's record id.", Default: "stackhub_id"),
        new("history", "Whether values are dated by property history.", Default: "true"),
        new("historyBatch", "Records in a read with history.", Default: "50"),
        new("listDeletions", "Whether the change feed lists archived records.", Default: "true"),
        new("contactRoles", "Labels of deal-contact associations with their type ids: \"Decision maker=12, Champion=14\"."),
        new("optInSubscription", "The subscription to subscribe a person to when the opt-out is taken back; without it that is refused."),
        new("optInLegalBasis", "The legal basis for that.", Default: "CONSENT_WITH_NOTICE"),
    ];

    private readonly IReadOnlyDictionary<string, string> settings;

    public HubSpotOptions(IReadOnlyDictionary<string, string> settings) => this.settings = settings;

    public Uri BaseUrl => new(Text("baseUrl"));

    public string ApiVersion => Text("apiVersion");

    public string? PortalId => Find("portalId");

    public string? WebhookSecret => Find("webhookSecret") ?? Find("clientSecret");

    public int RatePermits => Number("ratePermits");

    public int SearchPermits => Number("searchPermits");

    public string IdProperty => Text("idProperty");

    public bool History => Text("history") == "true";

    public int ReadBatch => History ? Math.Clamp(Number("historyBatch"), 1, 50) : 100;

    public bool ListDeletions => Text("listDeletions") == "true";

    public long? OptInSubscription => Find("optInSubscription") is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null;

    public string OptInLegalBasis => Text("optInLegalBasis");

    public FrozenSet<string> SignatureVersions =>
        Text("signatureVersions").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    public IReadOnlyDictionary<string, int> ContactRoles => Roles(Find("contactRoles") ?? "");

    public VendorAuth Auth => Find("accessToken") is { } token
        ? new VendorAuth.Fixed("Bearer", token)
        : new VendorAuth.OAuth(new Uri(BaseUrl.AbsoluteUri.TrimEnd('/') + "/oauth/v1/token"), Grant);

    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        var options = new HubSpotOptions(settings);
        if (options.Find("accessToken") is null && (options.Find("clientId") is null || options.Find("clientSecret") is null))
            yield return "HubSpot needs 'accessToken', or 'clientId', 'clientSecret' and 'refreshToken'.";
        if (!Uri.TryCreate(options.Text("baseUrl"), UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
            yield return "HubSpot's 'baseUrl' must be an https address.";
        foreach (var name in (string[])["ratePermits", "searchPermits", "historyBatch"])
        {
            if (!int.TryParse(options.Text(name), CultureInfo.InvariantCulture, out var number) || number < 1)
                yield return $"HubSpot's '{name}' must be a positive number.";
        }

        if (options.Find("optInSubscription") is { } id && !long.TryParse(id, CultureInfo.InvariantCulture, out _))
            yield return "HubSpot's 'optInSubscription' must be a subscription's number.";
        if (options.SignatureVersions.Count == 0 || options.SignatureVersions.Any(v => v is not ("v1" or "v2" or "v3")))
            yield return "HubSpot's 'signatureVersions' must be of v3, v2 and v1.";
        if (!RolesAreWell(options.Find("contactRoles") ?? ""))
            yield return "HubSpot's 'contactRoles' must be like \"Decision maker=12, Champion=14\".";
    }

    private IReadOnlyList<KeyValuePair<string, string>> Grant(VendorToken? stored) =>
    [
        new("grant_type", "refresh_token"),
        new("client_id", Find("clientId") ?? ""),
        new("client_secret", Find("clientSecret") ?? ""),
        new("refresh_token", stored?.RefreshToken ?? Find("refreshToken") ?? ""),
    ];

    private string? Find(string name) => settings.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private string Text(string name) => Find(name) ?? Settings.First(s => s.Name == name).Default ?? "";

    private int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> RolePairs(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', StringSplitOptions.TrimEntries));

    private static bool RolesAreWell(string text) => RolePairs(text).All(pair => pair is [{ Length: > 0 }, var id] && int.TryParse(id, CultureInfo.InvariantCulture, out _));

    private static Dictionary<string, int> Roles(string text) =>
        RolePairs(text).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);
}
