using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;

namespace StackHub.Configuration.Reading;

/// <summary>Reads a whole file: the connectors it uses first, then fields, which connectors bring along, then the systems' maps of them.</summary>
internal sealed class FileReader(IReadOnlyList<IConnectorFactory> factories, ProblemList problems)
{
    public ConfigurationResult Read(Section file)
    {
        var hub = HubSettings.Read(file.Get(FileFormat.Hub));
        var systems = file.Get(FileFormat.Systems);
        if (systems is { IsEmpty: true })
            file.Problem(FileFormat.Systems, "There is no system.", "Add a line with a name of your choice and, below it, connector: and the vendor.");
        var connected = (systems ?? []).Where(entry => entry.Value is not null).Select(entry => (Entry: entry, Factory: FactoryOf(entry.Value!))).ToArray();
        var catalog = new FieldCatalog(connected.Where(system => system.Factory is not null).Select(system => system.Factory!.Info));
        if (file.Get(FileFormat.Fields) is { } fields)
            new FieldsReader(catalog, [.. (systems ?? []).Select(entry => entry.Name)], problems).Read(fields);
        var reader = new SystemReader(catalog);
        SystemDraft[] drafts = [.. connected.Select(system => reader.Read(system.Entry, system.Factory)).OfType<SystemDraft>()];
        Warnings.Find(file, hub, drafts, catalog);
        return problems.Result(() => Compile(hub, drafts, catalog));
    }

    private IConnectorFactory? FactoryOf(Section system)
    {
        if (system.Get(SystemFormat.Connector) is not { } name)
            return null;
        var factory = factories.FirstOrDefault(factory => factory.Info.Vendor == name);
        if (factory is null)
            system.Problem(SystemFormat.Connector, $"There is no connector {Shown.Of(name)}.", Suggestion.OneOf(name, factories.Select(known => known.Info.Vendor)));
        return factory;
    }

    private static HubModel Compile(HubSettings hub, SystemDraft[] drafts, FieldCatalog catalog) => new(drafts.Select(draft => draft.Compile(catalog)), catalog.All())
    {
        Horizon = hub.Horizon,
        Fights = hub.Fights,
        PhoneRegion = hub.PhoneRegion,
        Shards = hub.Shards,
        PublicBase = hub.PublicBase,
    };
}
