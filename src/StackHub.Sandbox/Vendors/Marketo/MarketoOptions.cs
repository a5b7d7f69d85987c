using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>How the simulated Marketo instance behaves; the defaults are the published or assumed ones.</summary>
public sealed record MarketoOptions : VendorOptions
{
    public MarketoOptions() => TokenLifetime = TimeSpan.FromHours(1);

    public string ClientId { get; init; } = "sandbox-mk-client";

    public string ClientSecret { get; init; } = "sandbox-mk-secret";

    public int WindowCalls { get; init; } = 100;

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(20);

    public int Concurrency { get; init; } = 10;

    public int DailyCalls { get; init; } = 50_000;

    /// <summary>Records in a call and in a page.</summary>
    public int Batch { get; init; } = 300;

    public int LongestText { get; init; } = 255;

    public int LongestBody { get; init; } = 1_048_576;

    public int LongestAddress { get; init; } = 8_192;

    public TimeSpan PagingTokenLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The visible updatedAt moves with standard fields only.</summary>
    public bool CustomFieldsMoveUpdatedAt { get; init; }

    /// <summary>The losers of a merge are told by the feed of deleted leads too.</summary>
    public bool MergedLeadsAreDeleted { get; init; } = true;

    /// <summary>An opt-out counts for every lead with the address.</summary>
    public bool UnsubscribeFollowsAddress { get; init; } = true;

    /// <summary>A native CRM sync is on: companies and opportunities are not to be written.</summary>
    public bool CrmEnabled { get; init; }

    /// <summary>The smart list that holds everybody; null where the subscription has no export of smart lists.</summary>
    public int? SmartList { get; init; }

    public int QueuedExports { get; init; } = 10;

    /// <summary>How often a job's status is asked before it has gone one step on.</summary>
    public int AsksPerExportStep { get; init; } = 1;

    public TimeSpan ExportLife { get; init; } = TimeSpan.FromDays(7);
}
