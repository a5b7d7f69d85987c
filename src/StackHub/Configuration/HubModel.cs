using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sync;

namespace StackHub.Configuration;

/// <summary>What stackhub.yaml means, checked and compiled: the fields, the systems and how they are mapped.</summary>
public sealed class HubModel
{
    public HubModel(IEnumerable<SystemModel> systems, IReadOnlyDictionary<RecordKind, ImmutableArray<FieldDefinition>> fields)
    {
        Systems = systems.ToFrozenDictionary(system => system.Id);
        Order = [.. Systems.Keys.Order()];
        Fields = fields.ToFrozenDictionary(
            entry => entry.Key,
            entry => entry.Value.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal));
    }

    public FrozenDictionary<SystemId, SystemModel> Systems { get; }

    public ImmutableArray<SystemId> Order { get; }

    /// <summary>Canonical fields by kind and name.</summary>
    public FrozenDictionary<RecordKind, FrozenDictionary<string, FieldDefinition>> Fields { get; }

    public Horizon Horizon { get; init; } = Horizon.Default;

    public FightOptions Fights { get; init; } = FightOptions.Default;

    /// <summary>Region that national phone numbers belong to ("US"); null accepts international numbers only.</summary>
    public string? PhoneRegion { get; init; }

    /// <summary>Outbox partitions a system; one keeps batches fullest, more let several instances share a system.</summary>
    public int Shards { get; init; } = 1;

    public Uri? PublicBase { get; init; }

    public CanonicalView View(HubRecord record, Func<RecordId, RecordId> follow) => new(record, Fields[record.Kind], follow);
}
