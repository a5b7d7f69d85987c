using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Records;

namespace StackHub.Sync.Apply;

/// <summary>Reads vendor records anew, as if each system had said that they changed.</summary>
public sealed class ReadAgain(HubModel model, ChangeApplier applier) : IReadAgain
{
    public async Task ReadAgainAsync(IReadOnlyCollection<ExternalRef> references, CancellationToken cancellationToken)
    {
        foreach (var system in references.GroupBy(reference => reference.System))
            if (model.Systems.TryGetValue(system.Key, out var known))
                await applier.ApplyAsync(known.Id, [.. system.Where(reference => known.Maps.ContainsKey(reference.ObjectType)).Select(Change (reference) => new Change.Touched(reference))], new(Lane.Bulk, Emit: true), cancellationToken);
    }
}
