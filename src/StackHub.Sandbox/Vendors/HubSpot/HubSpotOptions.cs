using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>How the simulated HubSpot portal behaves; the defaults are the published or assumed ones.</summary>
public sealed record HubSpotOptions : VendorOptions
{
    public HubSpotOptions() => TokenLifetime = TimeSpan.FromSeconds(1800);

    public VendorCredentials Credentials { get; init; } = new("sandbox-hs-client", "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", "sandbox-hs-refresh");

    public string PrivateAppToken { get; init; } = "pat-sandbox-0001";

    public int PortalId { get; init; } = 62515;

    public int AppId { get; init; } = 54321;

    /// <summary>Calls within any ten seconds.</summary>
    public int BurstCalls { get; init; } = 190;

    public TimeSpan BurstWindow { get; init; } = TimeSpan.FromSeconds(10);

    public int SearchesPerSecond { get; init; } = 5;

    public int DailyCalls { get; init; } = 650_000;

    public int BatchLimit { get; init; } = 100;

    public int SearchPage { get; init; } = 200;

    public int SearchWindow { get; init; } = 10_000;

    public int FilterGroups { get; init; } = 6;

    /// <summary>A property without a value is answered as null; off, it is left out, as the OpenAPI file wants it.</summary>
    public bool MissingPropertiesAsNull { get; init; } = true;

    /// <summary>One contact that exists already refuses the whole batch with 409; off, only that input is refused (207).</summary>
    public bool ConflictFailsBatch { get; init; } = true;

    /// <summary>A lifecycle stage may be set back; off, a call that does so succeeds and nothing happens. Users report both.</summary>
    public bool AcceptsStageRegressions { get; init; }

    /// <summary>How long an erased contact can still be read: the answer is 204 at once all the same.</summary>
    public TimeSpan ErasureTime { get; init; }

    /// <summary>Which of the signatures webhooks carry: v3, v2 or v1.</summary>
    public string SignatureVersion { get; init; } = "v3";

    /// <summary>Properties whose changes are announced; empty means all.</summary>
    public IReadOnlyList<string> SubscribedProperties { get; init; } = [];
}
