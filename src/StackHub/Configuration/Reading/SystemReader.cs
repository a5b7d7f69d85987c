using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Routing.Reading;

namespace StackHub.Configuration.Reading;

/// <summary>Reads one system, its connector found already.</summary>
internal sealed class SystemReader(FieldCatalog catalog, OwnersReader? owners)
{
    /// <summary>Null without a connector; what can be said of the system without one is said.</summary>
    public SystemDraft? Read(Named<Section> entry, IConnectorFactory? factory)
    {
        var system = entry.Value!;
        if (entry.Name == HubAuthor.System.Name)
            system.Problems.Add(entry.NamePlace, entry.Path, "This name is the hub's own, under which it writes what its flows decide.", "Choose another name.");
        var limits = SystemLimits.Read(system);
        if (factory is null)
        {
            system.Get(SystemFormat.Settings);
            system.Get(SystemFormat.Create);
            foreach (var change in system.Get(SystemFormat.Objects) ?? [])
                change.Value?.Section?.Get(SystemFormat.Fields);
            return null;
        }
        var settings = new SettingsReader(factory, system).Read();
        var connector = Owned(new(entry.Name), PeopleAs.Apply(factory.Info, settings));
        var maps = Maps(entry, system, connector);
        return new(new(entry.Name), connector, maps, limits) { Settings = settings, Creates = CreatesReader.Read(system, connector, maps) };
    }

    /// <summary>Where leads are routed, the tool's owner fields are mapped; the file may still change that.</summary>
    private ConnectorInfo Owned(SystemId system, ConnectorInfo connector) => owners is null ? connector : connector with
    {
        DefaultMaps = [.. connector.DefaultMaps.Select(map => map with { Fields = Owned(system, connector, map) })],
    };

    private ImmutableArray<FieldMap> Owned(SystemId system, ConnectorInfo connector, ObjectMap map)
    {
        var own = map.Fields.FirstOrDefault(field => field.Field == DefaultFields.Owner);
        if (own is not null)
            return map.Fields.Replace(own, owners!.Map(system, own));
        return connector.OwnerFields.TryGetValue(map.ObjectType, out var field) ? map.Fields.Add(owners!.Map(system, new(DefaultFields.Owner, field))) : map.Fields;
    }

    private ImmutableArray<ObjectMap> Maps(Named<Section> entry, Section system, ConnectorInfo connector)
    {
        var reader = new MapReader(catalog, system.Problems);
        var changes = (system.Get(SystemFormat.Objects) ?? []).ToDictionary(change => change.Name, StringComparer.Ordinal);
        foreach (var change in changes.Values.Where(change => connector.Objects.All(type => type.ObjectType != change.Name)))
            system.Problems.Add(change.NamePlace, change.Path, $"{connector.DisplayName} has no object {Shown.Of(change.Name)}.", Suggestion.OneOf(change.Name, connector.Objects.Select(type => type.ObjectType)));
        var maps = ImmutableArray.CreateBuilder<ObjectMap>();
        foreach (var type in connector.Objects)
        {
            var change = changes.GetValueOrDefault(type.ObjectType);
            var own = connector.DefaultMaps.FirstOrDefault(map => map.ObjectType == type.ObjectType);
            if (change is not { Value.Section: null } && (own is not null || change is not null))
                maps.Add(reader.Read(type.ObjectType, type.Kind, own, change));
        }
        if (maps.Count == 0)
            system.Problems.Add(entry.NamePlace, entry.Path, "No object of this system is synced.", "Take one none out under objects, or the system out of the file.");
        return maps.ToImmutable();
    }
}
