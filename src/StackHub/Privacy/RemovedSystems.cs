using StackHub.Configuration;

namespace StackHub.Privacy;

/// <summary>A system that still owes somebody something is not taken out of the configuration.</summary>
public sealed class RemovedSystems(PrivacyStore store, HubModel model)
{
    /// <summary>A sentence for each system that is configured no more and has open tasks; asked by doctor and before a configuration is taken over.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken) =>
    [
        .. (await store.BusyAsync(cancellationToken)).Where(busy => !busy.System.Equals(Flows.HubAuthor.System) && !model.Systems.ContainsKey(busy.System))
            .GroupBy(busy => busy.System).OrderBy(group => group.Key)
            .Select(group => $"System '{group.Key}' is not configured any more, but {group.Count()} privacy {(group.Count() == 1 ? "request needs" : "requests need")} it: put it back, or show by hand that they are done ({string.Join(", ", group.Select(busy => busy.Request).Distinct().Take(3))})."),
    ];
}
