using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>The org's records, users and id counters.</summary>
internal sealed class SalesforceState
{
    private readonly Dictionary<string, SObjectTable> tables;
    private readonly Dictionary<string, Sequence> sequences = [];

    public SalesforceState(DateTimeOffset founded)
    {
        tables = StandardObjects.All.Values.ToDictionary(type => type.Name, type => new SObjectTable(type), StringComparer.OrdinalIgnoreCase);
        OrganizationId = Load("Organization", founded, ("Name", "Sandbox Org")).Id;
        IntegrationUser = AddUser("Integration", "User", founded);
        HumanUser = AddUser("Hannah", "Human", founded);
        QueueUser = AddUser("Assigned", "ByRule", founded, isPerson: false);
        LoadStages(founded);
        SalesUsers = [HumanUser, AddUser("Sam", "Seller", founded), AddUser("Rita", "Rep", founded)];
        Load("UserLicense", founded, ("Name", "Salesforce"), ("MasterLabel", "Salesforce"), ("LicenseDefinitionKey", "SFDC"), ("TotalLicenses", 4.0), ("UsedLicenses", 4.0));
    }

    public string OrganizationId { get; }

    /// <summary>Records past the recycle bin, and when they are gone: nobody can restore them.</summary>
    public Dictionary<SObjectRow, DateTimeOffset> Purging { get; } = [];

    public string IntegrationUser { get; }

    public string HumanUser { get; }

    /// <summary>The owner that assignment rules choose.</summary>
    public string QueueUser { get; }

    public IReadOnlyList<string> SalesUsers { get; }

    public SObjectTable? Table(string type) => tables.GetValueOrDefault(type);

    public SObjectTable TableOf(SObjectType type) => tables[type.Name];

    public SObjectRow? Find(string type, string? id) => Table(type)?.Find(SalesforceIds.Normal(id));

    /// <summary>A fresh row with an id and nothing else; not yet stored.</summary>
    public SObjectRow Fresh(SObjectType type)
    {
        var values = new object?[type.Fields.Count];
        for (var at = 0; at < values.Length; at++)
            values[at] = type.Fields[at].Default;
        if (!sequences.TryGetValue(type.Prefix, out var sequence))
            sequences.Add(type.Prefix, sequence = new());
        var number = sequence.Next();
        values[0] = SalesforceIds.Make(type.Prefix, number);
        return new(type, number, values);
    }

    /// <summary>Stores a record as it is, without rules, history or messages: for the seed and for system objects.</summary>
    public SObjectRow Load(string type, DateTimeOffset created, params ReadOnlySpan<(string Field, object? Value)> fields) =>
        Load(type, created, created, fields);

    public SObjectRow Load(string type, DateTimeOffset created, DateTimeOffset modified, params ReadOnlySpan<(string Field, object? Value)> fields)
    {
        var table = tables[type];
        var row = Fresh(table.Type);
        foreach (var (field, value) in fields)
            row[field] = value;
        Sign(row, created, modified, fields.Length > 0 && type is not ("User" or "Organization") ? HumanUser : "005Hx0000000001IAA");
        table.Put(row);
        return row;
    }

    /// <summary>The picklists of statuses and stages, with what Salesforce makes of each.</summary>
    private void LoadStages(DateTimeOffset founded)
    {
        foreach (var (at, status) in StandardObjects.Lead.Find("Status")!.Values.Index())
            Load("LeadStatus", founded, ("MasterLabel", status), ("ApiName", status), ("SortOrder", (double)(at + 1)), ("IsDefault", at == 0), ("IsConverted", status == "Closed - Converted"));
        foreach (var (at, stage) in StandardObjects.Opportunity.Find("StageName")!.Values.Index())
            Load("OpportunityStage", founded, ("MasterLabel", stage), ("ApiName", stage), ("SortOrder", (double)(at + 1)), ("IsActive", true), ("IsClosed", stage is "Closed Won" or "Closed Lost"), ("IsWon", stage == "Closed Won"));
    }

    public static void Sign(SObjectRow row, DateTimeOffset created, DateTimeOffset modified, string userId)
    {
        (row["CreatedDate"], row["CreatedById"]) = (Seconds(created), row["CreatedById"] ?? userId);
        (row["LastModifiedDate"], row["SystemModstamp"], row["LastModifiedById"]) = (Seconds(modified), Seconds(modified), userId);
        Derive(row);
    }

    /// <summary>Fields Salesforce works out itself.</summary>
    public static void Derive(SObjectRow row)
    {
        if (row.Type.Has("FirstName") && row.Type.Has("Name"))
            row["Name"] = $"{row.Text("FirstName")} {row.Text("LastName")}".Trim();
        if (row.Type.Name == "Opportunity")
            (row["IsClosed"], row["IsWon"]) = (row.Text("StageName") is "Closed Won" or "Closed Lost", row.Text("StageName") == "Closed Won");
    }

    /// <summary>SystemModstamp knows no fractions of a second.</summary>
    public static DateTimeOffset Seconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    /// <summary>Somebody who signed in when the org was opened, or a process that never does.</summary>
    private string AddUser(string first, string last, DateTimeOffset founded, bool isPerson = true) => Load("User", founded,
        ("FirstName", first), ("LastName", last), ("Username", $"{first}.{last}@sandbox.example".ToLowerInvariant()),
        ("Email", $"{first}.{last}@sandbox.example".ToLowerInvariant()), ("Alias", first[..Math.Min(8, first.Length)].ToLowerInvariant()),
        ("UserType", isPerson ? "Standard" : "AutomatedProcess"), ("LastLoginDate", isPerson ? Seconds(founded) : null)).Id;
}
