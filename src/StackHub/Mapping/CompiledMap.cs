using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Mapping;

/// <summary>An object map made ready to run: vendor text to canonical values and back, without looking anything up by name twice.</summary>
public sealed class CompiledMap
{
    private readonly FrozenDictionary<string, ImmutableArray<CompiledField>> byVendorField;
    private readonly FrozenDictionary<string, CompiledField> byField;

    public CompiledMap(ObjectMap map, IReadOnlyDictionary<string, FieldDefinition> definitions)
    {
        Map = map;
        Fields = [.. map.Fields.Select(field => new CompiledField(field, definitions.GetValueOrDefault(field.Field)?.Type ?? field.Type))];
        byVendorField = Fields.GroupBy(field => field.Map.VendorField, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        byField = Fields.GroupBy(field => field.Map.Field, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        VendorFields = [.. map.Fields.Select(field => field.VendorField).Distinct(StringComparer.Ordinal)];
        Outbound = [.. Fields.Where(field => field.Map.Direction.HasFlag(MapDirection.Out) && field.Map.Field != FieldDefinition.HubId)];
    }

    public ObjectMap Map { get; }

    public ImmutableArray<CompiledField> Fields { get; }

    /// <summary>Fields the hub writes.</summary>
    public ImmutableArray<CompiledField> Outbound { get; }

    /// <summary>What to ask the vendor for.</summary>
    public ImmutableArray<string> VendorFields { get; }

    public CompiledField? Field(string canonical) => byField.GetValueOrDefault(canonical);

    /// <summary>The record in canonical terms. Values that are not of their field's type are left out and named in <paramref name="unreadable"/>.</summary>
    public List<(CompiledField Field, FieldValue Value, DateTimeOffset At)> Inbound(ExternalRecord record, IProducerConsumerCollection<string>? unreadable = null)
    {
        var values = new List<(CompiledField, FieldValue, DateTimeOffset)>(record.Fields.Count);
        foreach (var (name, external) in record.Fields)
        {
            if (!byVendorField.TryGetValue(name, out var fields))
                continue;
            foreach (var field in fields)
            {
                if (!field.Map.Direction.HasFlag(MapDirection.In))
                    continue;
                if (field.ToCanonical(external.Text) is { } value)
                    values.Add((field, value, external.At ?? record.ModifiedAt));
                else
                    unreadable?.TryAdd(field.Map.Field);
            }
        }
        return values;
    }
}
