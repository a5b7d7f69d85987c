using StackHub.Mapping;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>A record's canonical values, decided once each.</summary>
public sealed class CanonicalView(HubRecord record, IReadOnlyDictionary<string, FieldDefinition> fields, Func<RecordId, RecordId> follow, PurposeSet purposes)
{
    private readonly Dictionary<string, Decision?> decided = new(StringComparer.Ordinal);
    private RecordPermissions? permissions;

    public HubRecord Record => record;

    public Func<RecordId, RecordId> Follow => follow;

    /// <summary>What may be written of it, where.</summary>
    public RecordPermissions Permissions => permissions ??= new(record, purposes);

    /// <summary>Null when nothing is known, or the field is not defined for this kind.</summary>
    public Decision? Decide(string field)
    {
        if (!decided.TryGetValue(field, out var decision))
            decided[field] = decision = fields.TryGetValue(field, out var definition) ? ConsentFlag.Over(this, field, Resolve.Field(record, definition, follow)) : null;
        return decision;
    }

    public string? Text(string field) => Decide(field)?.Value.Text;
}
