using StackHub.Audit;
using StackHub.Audit.Reading;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;
using StackHub.Lifecycle;
using StackHub.Lifecycle.Reading;
using StackHub.Permissions;
using StackHub.Privacy.Reading;
using StackHub.Routing;
using StackHub.Routing.Reading;

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
        string[] names = [.. (systems ?? []).Select(entry => entry.Name)];
        var connected = (systems ?? []).Where(entry => entry.Value is not null).Select(entry => (Entry: entry, Factory: FactoryOf(entry.Value!))).ToArray();
        var catalog = new FieldCatalog(connected.Where(system => system.Factory is not null).Select(system => system.Factory!.Info));
        if (file.Get(FileFormat.Fields) is { } fields)
            new FieldsReader(catalog, names, problems).Read(fields);
        var routing = file.Get(FileFormat.Routing);
        if (routing is not null)
            RoutingReader.Declare(catalog);
        var owners = routing is null ? null : OwnersReader.Read(routing, names);
        var lifecycle = file.Get(FileFormat.Lifecycle) is { } stages ? new LifecycleReader(connected.ToDictionary(system => system.Entry.Name, system => system.Factory?.Info), catalog, problems).Read(stages) : null;
        var reader = new SystemReader(catalog, owners);
        SystemDraft[] drafts = [.. connected.Select(system => reader.Read(system.Entry, system.Factory)).OfType<SystemDraft>()];
        var plans = new FlowPlans(
            routing is null ? null : new RoutingReader(owners!, catalog.RuleFields(), problems).Read(routing),
            lifecycle,
            file.Get(FileFormat.Audit) is { } audit ? new AuditReader(names, problems).Read(audit) : AuditPlan.Default,
            file.Get(FileFormat.Privacy) is { } privacy ? new PrivacyReader(catalog, names, problems).Read(privacy) : PrivacySettings.Default);
        Warnings.Find(file, hub, drafts, catalog);
        StageMaps.Check(lifecycle, drafts, file);
        return problems.Result(() => Compile(hub, drafts, catalog, plans));
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

    private static HubModel Compile(HubSettings hub, SystemDraft[] drafts, FieldCatalog catalog, FlowPlans plans) => new(drafts.Select(draft => StageMaps.Of(plans.Lifecycle, draft).Compile(catalog)), catalog.All())
    {
        Horizon = hub.Horizon,
        Fights = hub.Fights,
        PhoneRegion = hub.PhoneRegion,
        Shards = hub.Shards,
        PublicBase = hub.PublicBase,
        Agencies = hub.Agencies,
        Routing = plans.Routing,
        Lifecycle = plans.Lifecycle,
        Audit = plans.Audit,
        Privacy = plans.Privacy,
    };

    /// <summary>What the file says of the flows.</summary>
    private sealed record FlowPlans(RoutingPlan? Routing, LifecyclePlan? Lifecycle, AuditPlan Audit, PrivacySettings Privacy);
}
