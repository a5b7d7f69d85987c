using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Configuration.Reading;

/// <summary>Reads one system, its connector found already.</summary>
internal sealed class SystemReader(FieldCatalog catalog)
{
    /// <summary>Null without a connector; what can be said of the system without one is said.</summary>
    public SystemDraft? Read(Named<Section> entry, IConnectorFactory? factory)
    {
        var system = entry.Value!;
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
        var connector = PeopleAs.Apply(factory.Info, settings);
        var maps = Maps(entry, system, connector);
        return new(new(entry.Name), connector, maps, limits) { Settings = settings, Creates = CreatesReader.Read(system, connector, maps) };
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
