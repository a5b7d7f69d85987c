using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Audit;
using StackHub.Lifecycle;
using StackHub.Mapping;
using StackHub.Permissions;
using StackHub.Records;
using StackHub.Routing;
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

    /// <summary>Domains that work for many companies and so never match a person to an account.</summary>
    public FrozenSet<string> Agencies { get; init; } = [];

    public Uri? PublicBase { get; init; }

    /// <summary>By which leads get their owners; null when the file has no routing.</summary>
    public RoutingPlan? Routing { get; init; }

    /// <summary>By which stages are decided; null when the file has no lifecycle.</summary>
    public LifecyclePlan? Lifecycle { get; init; }

    /// <summary>Where the stack's inventory comes from, and where the audit draws its lines.</summary>
    public AuditPlan Audit { get; init; } = AuditPlan.Default;

    public PrivacySettings Privacy { get; init; } = PrivacySettings.Default;

    /// <summary>What data is used for, and what each use binds.</summary>
    public PurposeSet Purposes => Privacy.Purposes;

    public CanonicalView View(HubRecord record, Func<RecordId, RecordId> follow) => new(record, Fields[record.Kind], follow, Purposes);
}
