using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>How the simulated Salesforce org behaves; the defaults are the published or assumed ones.</summary>
public sealed record SalesforceOptions : VendorOptions
{
    public VendorCredentials Credentials { get; init; } = new("sandbox-sf-client", "sandbox-sf-secret", "sandbox-sf-refresh");

    /// <summary>API calls within 24 rolling hours.</summary>
    public int DailyCalls { get; init; } = 100_000;

    public int ConcurrentLongCalls { get; init; } = 25;

    public TimeSpan LongCallAfter { get; init; } = TimeSpan.FromSeconds(20);

    public int QueryPage { get; init; } = 2000;

    public int CollectionLimit { get; init; } = 200;

    public int RetrieveLimit { get; init; } = 2000;

    public IReadOnlyList<string> Versions { get; init; } = ["64.0", "65.0", "66.0", "67.0"];

    /// <summary>Objects whose owner an assignment rule changes unless the write says Sforce-Auto-Assign: FALSE.</summary>
    public IReadOnlyList<string> AssignmentRules { get; init; } = ["Lead", "Account"];

    /// <summary>Refuses a second contact or lead with the same e-mail, as a strict duplicate rule would.</summary>
    public bool DuplicateRule { get; init; }

    /// <summary>How long a Bulk 2.0 job is InProgress.</summary>
    public TimeSpan BulkDelay { get; init; }

    /// <summary>How long queryAll still shows what was deleted past the recycle bin.</summary>
    public TimeSpan PurgeTime { get; init; }

    /// <summary>Object to the fields its outbound message carries; an object that is not here sends none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> OutboundMessages { get; init; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["Account"] = ["Id", "Name", "SystemModstamp"],
        ["Contact"] = ["Id", "Email", "FirstName", "LastName", "SystemModstamp"],
        ["Lead"] = ["Id", "Email", "FirstName", "LastName", "SystemModstamp"],
        ["Opportunity"] = ["Id", "Name", "StageName", "SystemModstamp"],
    };
}
