using System.Globalization;
using StackHub.Connecting;

namespace StackHub.Connectors.Intercom;

/// <summary>The settings of one Intercom workspace; it never prints its secrets.</summary>
internal sealed record IntercomOptions(Uri BaseUrl, string AccessToken, string Version, string? ClientSecret, string CreatePeopleAs)
{
    private const int MaxWriteBatch = 50;

    /// <summary>Calls in 10 seconds, below the vendor's 1,666 so that other users of the app's quota are not starved.</summary>
    public required int CallsPerSlice { get; init; }

    public required int WriteBatch { get; init; }

    /// <summary>Records written side by side; the budget still counts every call.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How long a change takes at most to show in a search.</summary>
    public required TimeSpan SearchLag { get; init; }

    /// <summary>The workspace's id in the addresses of its pages.</summary>
    public string? Workspace { get; init; }

    public bool CreatesLeads => CreatePeopleAs == "lead";

    public static IReadOnlyList<SettingInfo> Settings { get; } =
    [
        new("accessToken", "Access token of the app in this workspace", Secret: true, Required: true),
        new("clientSecret", "The app's client secret, which signs its webhooks", Secret: true),
        new("baseUrl", "Region: https://api.intercom.io, https://api.eu.intercom.io or https://api.au.intercom.io", Default: "https://api.intercom.io"),
        new("version", "API version sent with every call", Default: "2.15"),
        new("createPeopleAs", "Role of new contacts: user or lead", Default: "user"),
        new("callsPer10Seconds", "Calls the hub allows itself in 10 seconds; Intercom allows 1,666 unless it granted the workspace more", Default: "1580"),
        new("writeBatch", "Records in one write, 1 to 50: one search serves all its creates", Default: "50"),
        new("concurrency", "Records written side by side, 1 to 32", Default: "8"),
        new("workspaceId", "The workspace's id in its pages' addresses (app.intercom.com/a/apps/ID), for links to records"),
        new("searchLagSeconds", "How long a change may take to show in a search", Default: "300"),
    ];

    public static IntercomOptions From(IReadOnlyDictionary<string, string> settings) => new(
        new Uri(Get(settings, "baseUrl"), UriKind.Absolute),
        Get(settings, "accessToken"),
        Get(settings, "version"),
        settings.GetValueOrDefault("clientSecret") is { Length: > 0 } secret ? secret : null,
        Get(settings, "createPeopleAs"))
    {
        Workspace = settings.GetValueOrDefault("workspaceId") is { Length: > 0 } workspace ? workspace : null,
        CallsPerSlice = Number(settings, "callsPer10Seconds"),
        WriteBatch = Number(settings, "writeBatch"),
        Concurrency = Number(settings, "concurrency"),
        SearchLag = TimeSpan.FromSeconds(Number(settings, "searchLagSeconds")),
    };

    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        if (Get(settings, "accessToken").Length == 0)
            yield return "Setting 'accessToken' is missing: take it from the app's Authentication page in Intercom's Developer Hub.";
        if (!Uri.TryCreate(Get(settings, "baseUrl"), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback))
            yield return "Setting 'baseUrl' is not an https address: use https://api.intercom.io or your region's.";
        if (Get(settings, "createPeopleAs") is not ("user" or "lead"))
            yield return "Setting 'createPeopleAs' must be user or lead.";
        foreach (var problem in RangeProblems(settings))
            yield return problem;
    }

    public override string ToString() => BaseUrl.Host;

    private static IEnumerable<string> RangeProblems(IReadOnlyDictionary<string, string> settings) =>
        from rule in new (string Name, int From, int To)[]
        {
            ("callsPer10Seconds", 1, 100_000),
            ("writeBatch", 1, MaxWriteBatch),
            ("concurrency", 1, 32),
            ("searchLagSeconds", 0, 3600),
        }
        where !int.TryParse(Get(settings, rule.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < rule.From || value > rule.To
        select $"Setting '{rule.Name}' must be a whole number from {rule.From} to {rule.To}.";

    private static int Number(IReadOnlyDictionary<string, string> settings, string name) => int.Parse(Get(settings, name), CultureInfo.InvariantCulture);

    private static string Get(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : Settings.First(s => s.Name == name).Default ?? "";
}
