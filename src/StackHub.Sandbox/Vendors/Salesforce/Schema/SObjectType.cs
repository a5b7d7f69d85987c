using System.Collections.Frozen;

namespace StackHub.Sandbox.Vendors.Salesforce.Schema;

/// <summary>One object of the org: its key prefix and its fields.</summary>
internal sealed class SObjectType
{
    private readonly FrozenDictionary<string, int> ordinals;

    public SObjectType(string name, string prefix, params IEnumerable<Field> own)
    {
        (Name, Prefix) = (name, prefix);
        Fields = [.. SystemFields, .. own];
        ordinals = Fields.Select((field, at) => (field.Name, at)).ToFrozenDictionary(pair => pair.Name, pair => pair.at, StringComparer.OrdinalIgnoreCase);
        Relationships = Fields.Where(field => field.Relationship is not null)
            .ToFrozenDictionary(field => field.Relationship!, StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; }

    public string Prefix { get; }

    public IReadOnlyList<Field> Fields { get; }

    public FrozenDictionary<string, Field> Relationships { get; }

    /// <summary>Set on a history object: the field that names its parent.</summary>
    public string? HistoryOf { get; init; }

    public bool IsReadOnly { get; init; }

    public int Ordinal(string field) => ordinals.TryGetValue(field, out var at) ? at : -1;

    public Field? Find(string field) => ordinals.TryGetValue(field, out var at) ? Fields[at] : null;

    public bool Has(string field) => ordinals.ContainsKey(field);

    private static readonly Field[] SystemFields =
    [
        new("Id", FieldType.Id, 18) { ReadOnly = true },
        new("IsDeleted", FieldType.Boolean) { ReadOnly = true, Default = false },
        new("CreatedDate", FieldType.DateTime) { ReadOnly = true },
        new("CreatedById", FieldType.Reference, 18) { ReadOnly = true, ReferenceTo = "User", Relationship = "CreatedBy" },
        new("LastModifiedDate", FieldType.DateTime) { ReadOnly = true },
        new("LastModifiedById", FieldType.Reference, 18) { ReadOnly = true, ReferenceTo = "User", Relationship = "LastModifiedBy" },
        new("SystemModstamp", FieldType.DateTime) { ReadOnly = true },
    ];
}
