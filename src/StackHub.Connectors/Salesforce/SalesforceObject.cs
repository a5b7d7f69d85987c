using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>What the connector must know of one object type: how its ids start, how it merges, where its field history is.</summary>
internal sealed record SalesforceObject(string Name, RecordKind Kind, string IdPrefix, string HistoryObject, string HistoryParent)
{
    /// <summary>Records of one collections call, of both directions.</summary>
    public const int Batch = 200;

    /// <summary>A merge leaves the loser in the recycle bin with MasterRecordId naming the survivor.</summary>
    public bool Merges { get; init; }

    /// <summary>A converted lead is read-only and goes on as ConvertedContactId.</summary>
    public bool Converts { get; init; }

    public bool HasContactRoles { get; init; }

    public static readonly SalesforceObject Account = new("Account", RecordKind.Account, "001", "AccountHistory", "AccountId") { Merges = true };

    public static readonly SalesforceObject Lead = new("Lead", RecordKind.Person, "00Q", "LeadHistory", "LeadId") { Merges = true, Converts = true };

    public static readonly SalesforceObject Contact = new("Contact", RecordKind.Person, "003", "ContactHistory", "ContactId") { Merges = true };

    public static readonly SalesforceObject Opportunity = new("Opportunity", RecordKind.Opportunity, "006", "OpportunityFieldHistory", "OpportunityId") { HasContactRoles = true };

    /// <summary>In the order of dependence.</summary>
    public static readonly IReadOnlyList<SalesforceObject> All = [Account, Lead, Contact, Opportunity];

    public static SalesforceObject? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    public static SalesforceObject Get(string name) =>
        Find(name) ?? throw new ArgumentException($"Salesforce object '{name}' is not one of those this connector syncs.", nameof(name));

    /// <summary>The type an id belongs to by its first three characters; null for types that are not synced.</summary>
    public static SalesforceObject? OfId(string id) => All.FirstOrDefault(type => id.StartsWith(type.IdPrefix, StringComparison.Ordinal));

    public ExternalRef Ref(SystemId system, string id) => new(system, Name, SalesforceId.Full(id));

    public ObjectInfo Info(bool canCreate, bool datesFields, TimeSpan feedLag) => new(Name, Kind)
    {
        ReadBatch = Batch,
        WriteBatch = Batch,
        HubIdField = "StackHub_Id__c",
        CanCreate = canCreate,
        TimePrecision = TimeSpan.FromSeconds(1),
        IndexLag = feedLag,
        DatesFields = datesFields,
        Privacy = Kind == RecordKind.Person ? SalesforceErasure.Ability : PrivacyAbility.NotOfPeople,
    };
}
