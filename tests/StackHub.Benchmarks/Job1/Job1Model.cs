using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Benchmarks.Job1;

/// <summary>JOB-1 of the peers: contacts come from one system by webhook and go to two others, one a call.</summary>
internal static class Job1Model
{
    public static readonly SystemId Source = new("source");
    public static readonly SystemId Crm = new("crm");
    public static readonly SystemId Marketing = new("marketing");

    /// <summary>
    /// JOB-1 tells contacts apart by their address alone, and its loader gives one number to many, so the number is no evidence here:
    /// it is a field of its own, normalised like any phone.
    /// </summary>
    private const string Line = "officePhone";

    private static readonly FrozenDictionary<RecordKind, ImmutableArray<FieldDefinition>> Fields = DefaultFields.All
        .ToDictionary(kind => kind.Key, kind => kind.Key == RecordKind.Person ? kind.Value.Add(new(Line, FieldType.Phone)) : kind.Value)
        .ToFrozenDictionary();

    public static readonly ConnectorInfo SourceInfo = Info("job1-source", "contacts",
        Field("email", "email", FieldType.Email), Field("firstName", "firstname"), Field("lastName", "lastname"), Field(Line, "phone", FieldType.Phone),
        Field("company", "company"), Field("title", "jobtitle"), Field("lifecycleStage", "lifecyclestage", FieldType.Choice));

    public static readonly ConnectorInfo CrmInfo = Info("job1-crm", "Contact",
        Field("email", "Email", FieldType.Email), Field("firstName", "FirstName"), Field("lastName", "LastName"), Field(Line, "Phone", FieldType.Phone),
        Field("company", "Company__c"), Field("title", "Title"), Field("lifecycleStage", "Lifecycle__c", FieldType.Choice));

    public static readonly ConnectorInfo MarketingInfo = Info("job1-marketing", "members",
        Field("email", "email_address", FieldType.Email), Field("firstName", "FNAME"), Field("lastName", "LNAME"), Field(Line, "PHONE", FieldType.Phone),
        Field("company", "COMPANY"), Field("lifecycleStage", "STAGE", FieldType.Choice));

    public static HubModel Model(int concurrency = 16) => new(
        [System(Source, SourceInfo, null, concurrency), System(Crm, CrmInfo, "Contact", concurrency), System(Marketing, MarketingInfo, "members", concurrency)],
        Fields);

    private static SystemModel System(SystemId id, ConnectorInfo info, string? creates, int concurrency)
    {
        var definitions = Fields[RecordKind.Person].ToDictionary(field => field.Name);
        return new(id, info, info.DefaultMaps.Select(map => new CompiledMap(map, definitions)))
        {
            Concurrency = concurrency,
            Fuse = new(int.MaxValue, int.MaxValue, int.MaxValue),
            PollEvery = TimeSpan.FromHours(1),
            Creates = creates is null ? FrozenDictionary<RecordKind, string>.Empty : new Dictionary<RecordKind, string> { [RecordKind.Person] = creates }.ToFrozenDictionary(),
        };
    }

    private static ConnectorInfo Info(string vendor, string objectType, params FieldMap[] fields) => new()
    {
        Vendor = vendor,
        DisplayName = vendor,
        Docs = new("https://example.com/"),
        Scopes = [],
        Objects = [new(objectType, RecordKind.Person) { ReadBatch = 100, WriteBatch = 1 }],
        Limits = [],
        Settings = [],
        DefaultMaps = [new(objectType, RecordKind.Person, [.. fields.Select(field => vendor == "job1-source" ? field with { Direction = MapDirection.In } : field)])],
    };

    private static FieldMap Field(string field, string vendorField, FieldType type = FieldType.Text) => new(field, vendorField) { Type = type };
}
