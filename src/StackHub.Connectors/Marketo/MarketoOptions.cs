using System.Globalization;
using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>The settings of one Marketo instance; it never prints its secrets.</summary>
internal sealed record MarketoOptions(Uri BaseUrl, string ClientId, string ClientSecret, string IdField)
{
    /// <summary>Null where the instance has no partitions, or the default one is meant.</summary>
    public string? Partition { get; init; }

    /// <summary>The token a smart campaign's webhook must carry; without it there are no webhooks.</summary>
    public string? WebhookToken { get; init; }

    public required int CallsPerWindow { get; init; }

    public required int CallsPerDay { get; init; }

    public required int Concurrency { get; init; }

    public required int Batch { get; init; }

    /// <summary>How long Marketo wants to be left alone after it refused for rate or concurrency; it never says itself.</summary>
    public required TimeSpan ThrottleWait { get; init; }

    /// <summary>How late an activity may be written to the log.</summary>
    public required TimeSpan ActivityLag { get; init; }

    public required TimeSpan ExportPoll { get; init; }

    /// <summary>No lead is older: the full read begins here.</summary>
    public required DateTimeOffset LeadsSince { get; init; }

    public int? ExportSmartList { get; init; }

    public required int MergeActivity { get; init; }

    public static IReadOnlyList<SettingInfo> Settings { get; } =
    [
        new("baseUrl", "The instance's REST address without /rest: https://123-ABC-456.mktorest.com", Required: true),
        new("clientId", "Client id of the LaunchPoint service of an API-only user", Required: true),
        new("clientSecret", "That service's client secret", Secret: true, Required: true),
        new("idField", "API name of the custom lead field that holds the hub's record id", Default: "stackhubId"),
        new("partition", "Lead partition that is written to, where the instance has several"),
        new("webhookToken", "Token that a smart campaign's webhook sends as X-StackHub-Token; without it changes are polled only", Secret: true),
        new("callsPer20Seconds", "Calls the hub allows itself in 20 seconds; Marketo allows 100 to all its clients together", Default: "90"),
        new("callsPerDay", "Calls the hub allows itself in a day; most subscriptions have 50,000 for all clients together", Default: "50000"),
        new("concurrency", "Calls under way at once, 1 to 10; Marketo allows 10 to all its clients together", Default: "8"),
        new("batch", "Records in one call, 1 to 300", Default: "300"),
        new("throttleWaitSeconds", "How long to stay away after Marketo refused for its rate (606) or concurrency (615)", Default: "20"),
        new("activityLagSeconds", "How late a change may show in the activity log", Default: "120"),
        new("exportPollSeconds", "How often a bulk export is asked whether it is done; Marketo renews its status once a minute", Default: "60"),
        new("leadsSince", "The day of the oldest lead, as 2008-01-31: a full read begins there, and each month takes one export", Default: "2008-01-01"),
        new("exportSmartList", "Number of a smart list that holds everybody, where the subscription exports smart lists: one export then serves a full read"),
        new("mergeActivity", "Number of the activity type Merge Leads", Default: "32"),
    ];

    public static MarketoOptions From(IReadOnlyDictionary<string, string> settings) => new(
        new Uri(Get(settings, "baseUrl"), UriKind.Absolute), Get(settings, "clientId"), Get(settings, "clientSecret"), Get(settings, "idField"))
    {
        Partition = Find(settings, "partition"),
        WebhookToken = Find(settings, "webhookToken"),
        CallsPerWindow = Number(settings, "callsPer20Seconds"),
        CallsPerDay = Number(settings, "callsPerDay"),
        Concurrency = Number(settings, "concurrency"),
        Batch = Number(settings, "batch"),
        ThrottleWait = TimeSpan.FromSeconds(Number(settings, "throttleWaitSeconds")),
        ActivityLag = TimeSpan.FromSeconds(Number(settings, "activityLagSeconds")),
        ExportPoll = TimeSpan.FromSeconds(Number(settings, "exportPollSeconds")),
        LeadsSince = new DateTimeOffset(DateOnly.ParseExact(Get(settings, "leadsSince"), DayFormat, CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero),
        ExportSmartList = Find(settings, "exportSmartList") is { } list ? int.Parse(list, CultureInfo.InvariantCulture) : null,
        MergeActivity = Number(settings, "mergeActivity"),
    };

    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings)
    {
        foreach (var name in (string[])["baseUrl", "clientId", "clientSecret"])
        {
            if (Get(settings, name).Length == 0)
                yield return $"Setting '{name}' is missing: take it from Marketo's Admin > LaunchPoint and Admin > Web Services.";
        }

        if (Get(settings, "baseUrl") is { Length: > 0 } address && (!Uri.TryCreate(address, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)))
            yield return "Setting 'baseUrl' is not an https address: use https://123-ABC-456.mktorest.com with your Munchkin id.";
        if (!DateOnly.TryParseExact(Get(settings, "leadsSince"), DayFormat, out _))
            yield return "Setting 'leadsSince' must be a day such as 2008-01-31.";
        if (Find(settings, "exportSmartList") is { } list && !int.TryParse(list, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            yield return "Setting 'exportSmartList' must be a smart list's number.";
        foreach (var problem in RangeProblems(settings))
            yield return problem;
    }

    public override string ToString() => BaseUrl.Host;

    private const string DayFormat = "yyyy-MM-dd";

    private static IEnumerable<string> RangeProblems(IReadOnlyDictionary<string, string> settings) =>
        from rule in new (string Name, int From, int To)[]
        {
            ("callsPer20Seconds", 1, 10_000), ("callsPerDay", 1, 100_000_000), ("concurrency", 1, 10), ("batch", 1, 300), ("throttleWaitSeconds", 1, 3600),
            ("activityLagSeconds", 0, 86_400), ("exportPollSeconds", 0, 3600), ("mergeActivity", 1, 1_000_000),
        }
        where !int.TryParse(Get(settings, rule.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < rule.From || value > rule.To
        select $"Setting '{rule.Name}' must be a whole number from {rule.From} to {rule.To}.";

    private static int Number(IReadOnlyDictionary<string, string> settings, string name) => int.Parse(Get(settings, name), CultureInfo.InvariantCulture);

    private static string? Find(IReadOnlyDictionary<string, string> settings, string name) => settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static string Get(IReadOnlyDictionary<string, string> settings, string name) => Find(settings, name) ?? Settings.First(s => s.Name == name).Default ?? "";
}
