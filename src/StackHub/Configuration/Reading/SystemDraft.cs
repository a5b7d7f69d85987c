using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration.Reading;

/// <summary>A system as it was read; it is compiled once the whole file is found well.</summary>
internal sealed record SystemDraft(SystemId Id, ConnectorInfo Connector, ImmutableArray<ObjectMap> Maps, SystemLimits Limits)
{
    public required FrozenDictionary<RecordKind, string> Creates { get; init; }

    public required ImmutableSortedDictionary<string, string> Settings { get; init; }

    public SystemModel Compile(FieldCatalog catalog) => new(Id, Connector, Maps.Select(map => new CompiledMap(Marked(map), catalog.Definitions(map.Kind))))
    {
        Mode = Limits.Mode,
        Creates = Creates,
        Fuse = Limits.Fuse,
        Concurrency = Limits.Concurrency,
        PollEvery = Limits.PollEvery,
        Settings = Settings,
    };

    /// <summary>The hub's own mark is read back, so that what it created is recognised.</summary>
    private ObjectMap Marked(ObjectMap map) =>
        Connector.Objects.FirstOrDefault(type => type.ObjectType == map.ObjectType)?.HubIdField is { } field && map.Fields.All(known => known.Field != FieldDefinition.HubId)
            ? map with { Fields = map.Fields.Add(new(FieldDefinition.HubId, field) { Direction = MapDirection.In }) }
            : map;
}
