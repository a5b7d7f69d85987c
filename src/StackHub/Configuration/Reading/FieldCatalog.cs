using System.Collections.Immutable;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Rules;

namespace StackHub.Configuration.Reading;

/// <summary>A canonical field and, for references, what it points to.</summary>
internal sealed record CatalogField(FieldDefinition Definition, RecordKind? RefersTo)
{
    public FieldType Type => Definition.Type;

    public bool IsReference => Type is FieldType.Reference or FieldType.References;
}

/// <summary>The canonical fields of each kind while a file is read.</summary>
internal sealed class FieldCatalog
{
    private readonly Dictionary<(RecordKind Kind, string Name), CatalogField> fields = [];

    /// <summary>
    /// Built-in fields, and those that only a connector's own maps name: a new connector brings its fields along. Where two disagree
    /// about a type the first connector by name decides.
    /// </summary>
    public FieldCatalog(IEnumerable<ConnectorInfo> connectors)
    {
        foreach (var (kind, definitions) in DefaultFields.All)
            foreach (var definition in definitions)
                Set(kind, new(definition, DefaultFields.TargetOf(definition.Name)));
        foreach (var connector in connectors.OrderBy(connector => connector.Vendor, StringComparer.Ordinal))
            foreach (var map in connector.DefaultMaps)
                foreach (var field in map.Fields.Where(field => field.Field != FieldDefinition.HubId))
                    fields.TryAdd((map.Kind, field.Field), new(new(field.Field, field.Type) { Policy = FieldsReader.OwnFieldPolicy }, field.To));
    }

    public CatalogField? Find(RecordKind kind, string name) => fields.GetValueOrDefault((kind, name));

    public void Set(RecordKind kind, CatalogField field) => fields[(kind, field.Definition.Name)] = field;

    public IEnumerable<string> Names(RecordKind kind) => fields.Keys.Where(key => key.Kind == kind).Select(key => key.Name);

    public Dictionary<string, FieldDefinition> Definitions(RecordKind kind) =>
        fields.Where(entry => entry.Key.Kind == kind).ToDictionary(entry => entry.Key.Name, entry => entry.Value.Definition, StringComparer.Ordinal);

    /// <summary>What rules may ask about: the person's fields by their names, and the account's as account.name.</summary>
    public RuleFields RuleFields() => new(
        from entry in fields.OrderBy(entry => entry.Key.Kind).ThenBy(entry => entry.Key.Name, StringComparer.Ordinal)
        where entry.Key.Kind is RecordKind.Person or RecordKind.Account && !entry.Value.IsReference
        select new RuleField(entry.Key.Kind == RecordKind.Person ? entry.Key.Name : $"account.{entry.Key.Name}", entry.Value.Type switch
        {
            FieldType.Number => RuleType.Number,
            FieldType.Boolean => RuleType.Flag,
            FieldType.Set => RuleType.Set,
            _ => RuleType.Text,
        }));

    public IReadOnlyDictionary<RecordKind, ImmutableArray<FieldDefinition>> All() =>
        Enum.GetValues<RecordKind>().ToDictionary(kind => kind, kind => Definitions(kind).Values.ToImmutableArray());
}
