using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Lifecycle.Options;

/// <summary>Asks each system that speaks of stages which it knows now: portals and organisations change theirs as they like.</summary>
public sealed class StageOptionReader(HubModel model, ConnectorSet connectors)
{
    /// <param name="unreachable">Gets the systems that cannot be asked now.</param>
    public async Task<IReadOnlyList<KnownOption>> ReadAsync(ICollection<SystemId> unreachable, CancellationToken cancellationToken)
    {
        var known = new List<KnownOption>();
        foreach (var system in model.Lifecycle!.Speakers.Keys.Order())
            try
            {
                if (model.Systems.TryGetValue(system, out var configured) && connectors.Find(system) is IStageOptions stages)
                    known.AddRange(KnownOption.Of(model.Lifecycle, configured, await stages.StagesAsync(cancellationToken)));
            }
            catch (VendorUnavailableException) // one that is away says nothing of the others
            {
                unreachable.Add(system);
            }
        return known;
    }
}
