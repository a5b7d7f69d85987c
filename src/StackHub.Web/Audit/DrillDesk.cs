using StackHub.Audit.Drills;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Web.Audit;

/// <summary>Trial erasures, for the page and the API.</summary>
public sealed class DrillDesk(Trials trials, ErasureDrills results, HubModel model)
{
    public async Task<DrillsModel> ReadAsync(CancellationToken cancellationToken)
    {
        var last = await results.ListAsync(cancellationToken);
        var systems = new List<DrillSystem>(model.Order.Length);
        foreach (var id in model.Order)
            systems.Add(new(model.Systems[id], await trials.ObstacleAsync(id, cancellationToken), last.GetValueOrDefault(DrillPlace.Of(id))));
        return new(systems, [.. (await trials.ListAsync(cancellationToken)).Reverse()]);
    }

    /// <summary>Those that were started, and the sentence that says why one was not.</summary>
    /// <param name="system">Null for every system in which one can be made.</param>
    public async Task<(IReadOnlyList<Trial> Started, string? Obstacle)> StartAsync(SystemId? system, string by, CancellationToken cancellationToken)
    {
        if (system is { } one && await trials.ObstacleAsync(one, cancellationToken) is { } obstacle)
            return ([], obstacle);
        var started = new List<Trial>();
        foreach (var id in system is { } only ? [only] : model.Order)
            if (await trials.StartAsync(id, by, cancellationToken) is { } trial)
                started.Add(trial);
        return (started, started.Count == 0 ? "There is no system in which one can be made." : null);
    }

    public Task GoOnAsync(CancellationToken cancellationToken) => trials.GoOnAsync(cancellationToken);

    public bool Knows(SystemId system) => model.Systems.ContainsKey(system);
}
