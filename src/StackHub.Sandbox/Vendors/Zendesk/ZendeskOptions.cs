using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>How the simulated Zendesk account behaves; the defaults are the published or assumed ones.</summary>
public sealed record ZendeskOptions : VendorOptions
{
    public string Subdomain { get; init; } = "sandbox";

    public string Email { get; init; } = "admin@sandbox.example";

    public string ApiToken { get; init; } = "sandbox-zd-token";

    public string ClientId { get; init; } = "sandbox-zd-client";

    public string ClientSecret { get; init; } = "sandbox-zd-client-secret";

    /// <summary>The first refresh token; each use gives another one and ends the one used.</summary>
    public string RefreshToken { get; init; } = "sandbox-zd-refresh";

    public string WebhookSecret { get; init; } = "sandbox-zd-webhook-secret";

    /// <summary>Calls in any minute; 700 is the Enterprise plan's.</summary>
    public int CallsPerMinute { get; init; } = 700;

    public int ExportsPerMinute { get; init; } = 10;

    public int PermanentDeletionsPerTenMinutes { get; init; } = 700;

    /// <summary>The products a user is erased from, each by itself, and how long each takes.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ErasureTimes { get; init; } = new Dictionary<string, TimeSpan> { ["support"] = TimeSpan.FromSeconds(2), ["chat"] = TimeSpan.FromSeconds(2) };

    /// <summary>Jobs that may be queued or running at once.</summary>
    public int JobLimit { get; init; } = 30;

    /// <summary>How long a job waits and works before it is carried out.</summary>
    public TimeSpan JobDelay { get; init; }

    public TimeSpan JobLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Zendesk's support has enabled create_many and create_or_update_many of users.</summary>
    public bool BulkImports { get; init; } = true;

    /// <summary>Exports leave out what changed within this time, and refuse to start in it.</summary>
    public TimeSpan ExportHoldBack { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an export's cursor can be gone on with; null for ever.</summary>
    public TimeSpan? CursorLife { get; init; }

    /// <summary>
    /// Answers as Zendesk's OpenAPI file describes them: job rows without an index unless something was created, blank values left out.
    /// Off, as they are seen in practice: every row has its index, a failed create has no id, blank values are null.
    /// </summary>
    public bool AsDescribed { get; init; } = true;

    public int ExportPage { get; init; } = 1_000;
}
