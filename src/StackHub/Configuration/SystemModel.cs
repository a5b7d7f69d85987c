using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration;

/// <summary>How far the hub may go with a system.</summary>
public enum SystemMode
{
    /// <summary>Read and write, once its first plan was approved.</summary>
    Live,

    /// <summary>Read; compute and record what would be written; write nothing.</summary>
    Shadow,
}

/// <summary>One configured system.</summary>
public sealed class SystemModel
{
    public SystemModel(SystemId id, ConnectorInfo connector, IEnumerable<CompiledMap> maps)
    {
        Id = id;
        Connector = connector;
        Maps = maps.ToFrozenDictionary(map => map.Map.ObjectType, StringComparer.Ordinal);
        Objects = [.. connector.Objects.Where(type => Maps.ContainsKey(type.ObjectType))];
    }

    public SystemId Id { get; }

    public ConnectorInfo Connector { get; }

    /// <summary>Maps by vendor object type.</summary>
    public FrozenDictionary<string, CompiledMap> Maps { get; }

    /// <summary>Mapped object types in the order of dependence.</summary>
    public ImmutableArray<ObjectInfo> Objects { get; }

    public SystemMode Mode { get; init; } = SystemMode.Live;

    /// <summary>The object type under which records of a kind are created; a kind that is absent is never created here.</summary>
    public FrozenDictionary<RecordKind, string> Creates { get; init; } = FrozenDictionary<RecordKind, string>.Empty;

    public FuseLimits Fuse { get; init; } = FuseLimits.Default;

    /// <summary>Write calls under way at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How often the change feed is read; webhooks come first, the feed repairs.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Settings as configured: literals, "env:NAME" or "keyvault:NAME".</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ObjectInfo ObjectOf(string objectType) => Objects.First(type => type.ObjectType == objectType);

    public IEnumerable<ObjectInfo> OfKind(RecordKind kind) => Objects.Where(type => type.Kind == kind);

    public override string ToString() => $"{Id} ({Connector.Vendor})";
}

/// <summary>
/// The most the hub does to a system in an hour before it stops and asks. Counted from what vendors confirmed.
/// </summary>
/// <param name="Overwrites">Non-empty values replaced.</param>
public sealed record FuseLimits(int Creates, int Overwrites, int Deletes)
{
    public static readonly FuseLimits Default = new(5_000, 50_000, 100);
}
