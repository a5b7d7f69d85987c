using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Records;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>One object type of a vendor, and the calls it has.</summary>
internal sealed record ObjectSpec(string Name, RecordKind Kind, string Id, string Modified, ImmutableArray<FieldSpec> Fields)
{
    /// <summary>Where an answer about one record has it.</summary>
    public string Item { get; init; } = "";

    public string? HubIdField { get; init; }

    public TimeSpan Precision { get; init; }

    public TimeSpan Lag { get; init; }

    public required ListSpec Scan { get; init; }

    public required ListSpec Feed { get; init; }

    public required RequestSpec Read { get; init; }

    public ImmutableArray<ListSpec> Find { get; init; } = [];

    public WriteSpec? Upsert { get; init; }

    public WriteSpec? Create { get; init; }

    public WriteSpec? Update { get; init; }

    public RequestSpec? Delete { get; init; }

    public EraseSpec? Erase { get; init; }

    public ConsentSpec? Consent { get; init; }

    /// <summary>The address of a person, by which an erasure finds them.</summary>
    public FieldSpec? Email => Fields.FirstOrDefault(known => known.Type == Mapping.FieldType.Email);
}

/// <summary>The keys of an object type.</summary>
internal static class ObjectFormat
{
    private static readonly Key<RecordKind?> Kind = new("kind", new Word<RecordKind>(), "What the hub calls it.") { Required = true };
    private static readonly Key<string> Id = new("id", new TextValue("A place in the record"), "Where the record has its id.") { Required = true };
    private static readonly Key<string> Modified = new("modified", new TextValue("A place in the record"), "Where the record has the time of its last change.") { Required = true };
    private static readonly Key<string> Item = new("item", new TextValue("A place in the answer"), "Where an answer about one record has it.") { Default = "the answer itself" };
    private static readonly Key<string> HubIdField = new("hubIdField", new TextValue("A field's name"), "The field in which a create leaves {{ hub.id }}.");
    private static readonly Key<TimeSpan?> Precision = new("precision", new Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), "The unit in which the vendor dates a change.") { Default = "1s" };
    private static readonly Key<TimeSpan?> Lag = new("lag", new Duration(TimeSpan.Zero, TimeSpan.FromHours(1)), "How long a change may take to show in the feed.") { Default = "30s" };
    private static readonly Key<ImmutableArray<Named<Section>>?> Fields = new("fields", FieldFormat.Shape, "The fields, under the vendor's names.") { Required = true };
    private static readonly Key<ListSpec> Scan = new("scan", ListFormat.Shape, "Every record, in an order in which new ones come last.") { Required = true };
    private static readonly Key<ListSpec> Feed = new("feed", ListFormat.Shape, "Records changed between {{ from }} and {{ until }}, oldest change first.") { Required = true };
    private static readonly Key<RequestSpec> ReadOne = new("read", RequestFormat.Shape, "One record by {{ id }}.") { Required = true };
    private static readonly Key<ImmutableArray<ListSpec>?> Find = new("find", new ListOf<ListSpec>("A list of calls", ListFormat.Shape), "How a record is found before it is created: by {{ email }}, or by {{ hub.id }}.");
    private static readonly Key<WriteSpec> Upsert = new("upsert", WriteFormat.Shape, "Creates or updates by a unique key, whichever it is; in place of create.");
    private static readonly Key<WriteSpec> Create = new("create", WriteFormat.Shape, "Creates.");
    private static readonly Key<WriteSpec> Update = new("update", WriteFormat.Shape, "Updates the record with {{ id }}; {{ fields }} are those that differ.");
    private static readonly Key<RequestSpec> Delete = new("delete", RequestFormat.Shape, "Deletes the record with {{ id }}, recoverably where the vendor has that.");
    private static readonly Key<EraseSpec> Erase = new("erase", EraseFormat.Shape, "Erases a person for good.");
    private static readonly Key<ConsentSpec> Consent = new("consent", ConsentFormat.Shape, "A field whose change is a call of its own.");

    public static readonly TableOf<ObjectSpec> Shape = new(
        "A block of object types",
        new Meaning<ObjectSpec>(new SectionOf("An object type", [Kind, Id, Modified, Item, HubIdField, Precision, Lag, Fields, Scan, Feed, ReadOne, Find, Upsert, Create, Update, Delete, Erase, Consent]), Read));

    private static ObjectSpec Read(Section section)
    {
        var type = new ObjectSpec(
            section.Path[(section.Path.LastIndexOf('.') + 1)..], section.Get(Kind) ?? RecordKind.Person, section.Get(Id) ?? "", section.Get(Modified) ?? "",
            [.. (section.Get(Fields) ?? []).Where(field => field.Value is not null).Select(FieldFormat.Read)])
        {
            Item = section.Get(Item) ?? "",
            HubIdField = section.Get(HubIdField),
            Precision = section.Get(Precision) ?? TimeSpan.FromSeconds(1),
            Lag = section.Get(Lag) ?? TimeSpan.FromSeconds(30),
            Scan = section.Get(Scan) ?? NoList,
            Feed = section.Get(Feed) ?? NoList,
            Read = section.Get(ReadOne) ?? RequestSpec.Nothing,
            Find = section.Get(Find) ?? [],
            Upsert = section.Get(Upsert),
            Create = section.Get(Create),
            Update = section.Get(Update),
            Delete = section.Get(Delete),
            Erase = section.Get(Erase),
            Consent = section.Get(Consent),
        };
        Check(section, type);
        return type;
    }

    private static readonly ListSpec NoList = new(RequestSpec.Nothing, "", PagingSpec.None);

    private static void Check(Section section, ObjectSpec type)
    {
        if (type is { Upsert: not null, Create: not null })
            section.Problem(Create, "There is an upsert and a create.", "Keep one of the two.");
        if (type is { Create: not null, Find: [] })
            section.Problem(Create, "A create without find: can make a second record of one person.", "Add find: with a call that looks for {{ email }}, or use upsert:.");
        if (type.Consent is { } consent && type.Fields.All(field => field.Name != consent.Field))
            section.Problem(Consent, $"There is no field '{consent.Field}'.", "Declare it under fields:.");
        if (type is { Erase: not null, Kind: RecordKind.Person, Email: null })
            section.Problem(Erase, "A person is found by an address, and no field is one.", "Give the field of the address type: email.");
        foreach (var field in type.Fields.GroupBy(field => field.Path).Where(same => same.Count() > 1))
            section.Problem(Fields, $"Two fields are at '{field.Key}'.", "Keep one of the two.");
    }
}
