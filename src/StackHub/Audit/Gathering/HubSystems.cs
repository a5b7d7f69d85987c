using Microsoft.Extensions.Logging;
using NodaTime;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Audit.Gathering;

/// <summary>The hub's own systems as tools, with what their vendors tell of users and seats.</summary>
public sealed class HubSystems(HubModel model, ConnectorSet connectors, AuditPlan plan, ILogger<HubSystems> logger)
{
    public ToolDraft ToolOf(InventoryDraft draft, SystemModel system) => draft.Tool(plan.Systems.GetValueOrDefault(system.Id.Name, system.Connector.DisplayName));

    public async Task AddAsync(InventoryDraft draft, CancellationToken cancellationToken)
    {
        foreach (var id in model.Order)
        {
            var tool = ToolOf(draft, model.Systems[id]);
            var connector = connectors.Find(id);
            tool.Sources |= ToolSources.Hub;
            tool.AddSystem(id.Name);
            tool.Privacy = WithClaim(tool.Privacy, ErasureClaim.Of(model.Systems[id].Objects), connector is IErasure);
            if (connector is IVendorUsage usage)
                await AddUsageAsync(draft, tool, id, usage, cancellationToken);
        }
    }

    /// <summary>A flow for each mapped object, which feeds all other systems with records of its kind, and a credential for each system.</summary>
    public IEnumerable<ToolAsset> Assets(InventoryDraft draft)
    {
        foreach (var id in model.Order)
        {
            var system = model.Systems[id];
            var tool = ToolOf(draft, system).Id;
            yield return new(tool, AssetKind.Credential, id.Name) { Owner = OwnerOf(id, "credential") };
            foreach (var type in system.Objects)
                yield return new(tool, AssetKind.Flow, $"{id}/{type.ObjectType}") { Owner = OwnerOf(id, type.ObjectType), Feeds = [.. model.Order.Where(other => other != id && model.Systems[other].OfKind(type.Kind).Any()).Select(other => other.Name)] };
        }
    }

    private UserId? OwnerOf(SystemId system, string asset) => UserId.Of(plan.Owners.GetValueOrDefault($"{system}/{asset}") ?? plan.Owners.GetValueOrDefault(system.Name));

    /// <summary>A connector that names what it can do is believed; of two systems that are one tool, the one that can less.</summary>
    private static ToolPrivacy WithClaim(ToolPrivacy privacy, ErasureClaim? claim, bool erases) => privacy with
    {
        Claim = ErasureClaim.Least(privacy.Claim, claim),
        CanErase = ErasureClaim.Least(privacy.Claim, claim) is { } least ? least.Kind != ErasureKind.Manual : erases || privacy.CanErase == true,
    };

    /// <summary>A vendor that does not answer leaves its usage as other lists have it.</summary>
    private async Task AddUsageAsync(InventoryDraft draft, ToolDraft tool, SystemId system, IVendorUsage usage, CancellationToken cancellationToken)
    {
        try
        {
            var told = await usage.UsageAsync(cancellationToken);
            await foreach (var user in usage.UsersAsync(cancellationToken))
                if (UserId.Of(user.Address) is { } id)
                    draft.AddAccount(tool, id, user.LastLogin is { } at ? LocalDate.FromDateTime(at.UtcDateTime) : null, told.TellsLogins);
            tool.Seats ??= told.Seats;
            if (told.CallsAllowed is not null)
                tool.Integration = ToolIntegration.Worst(tool.Integration, ToolIntegration.Unknown with { CallsUsed = told.CallsUsed, CallsAllowed = told.CallsAllowed });
            tool.Sources |= ToolSources.Vendor;
        }
        catch (VendorUnavailableException e) // one vendor being down must not stop the audit
        {
            logger.NoUsage(system.Name, e.GetType().Name);
        }
    }
}
