using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>How the simulated Klaviyo account behaves; the defaults are the published or assumed ones.</summary>
public sealed record KlaviyoOptions : VendorOptions
{
    public string ApiKey { get; init; } = "pk_sandbox0000000000000000000000";

    public VendorCredentials Credentials { get; init; } = new("sandbox-kl-client", "sandbox-kl-secret", "sandbox-kl-refresh");

    public string WebhookSecret { get; init; } = "sandbox-kl-webhook-secret";

    /// <summary>Older revisions are retired, newer ones do not exist.</summary>
    public (string Oldest, string Newest) Revisions { get; init; } = ("2024-10-15", "2026-07-15");

    /// <summary>Endpoints by size: calls in a second, and in a minute.</summary>
    public (int Burst, int Steady) Small { get; init; } = (3, 60);

    public (int Burst, int Steady) Medium { get; init; } = (10, 150);

    public (int Burst, int Steady) Large { get; init; } = (75, 750);

    public string ListId { get; init; } = "Y6nRLr";

    /// <summary>Whether the list asks people to confirm that they want to be subscribed.</summary>
    public bool DoubleOptIn { get; init; }

    /// <summary>How long a job waits and works before anything of it shows.</summary>
    public TimeSpan JobTime { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long a privacy deletion takes.</summary>
    public TimeSpan DeletionTime { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long a page's cursor can be gone on with.</summary>
    public TimeSpan CursorLife { get; init; } = TimeSpan.FromHours(1);

    public int LargestProfile { get; init; } = 100_000;

    public int LargestImport { get; init; } = 5_000_000;

    public int ImportedProfiles { get; init; } = 10_000;

    /// <summary>Each so many-th record of an import is lost, and no import error tells; 0 loses none.</summary>
    public int LoseEveryNthImported { get; set; }
}
