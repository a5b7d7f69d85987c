using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;
using StackHub.Telemetry;
using StackHub.Web.Health;
using StackHub.Web.Metrics;
using StackHub.Web.Runs;
using StackHub.Web.Systems;

namespace StackHub.Web.Overview;

/// <summary>Loads what the overview shows. No vendor is called.</summary>
public sealed class OverviewReader(HubModel model, SystemReader systems, HealthReader health, RunningFigures figures, VendorBudget budget, ConflictStore conflicts, DeadLetterStore letters, IMessageQueue queue, Runner runner)
{
    private const int RunsShown = 5;

    /// <summary>More than this is not counted to its end on every look.</summary>
    private const int CountTo = 1_000;

    public async Task<HubSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var views = new List<SystemSnapshot>(model.Order.Length);
        foreach (var system in model.Order)
            views.Add(await ReadAsync(system, cancellationToken));
        var queues = new List<KeyValuePair<string, int>>();
        foreach (var name in Queues.All)
            queues.Add(new(name, await queue.CountAsync(name, cancellationToken)));
        return new(
            views,
            queues,
            await CountAsync(async (from, take) => (await conflicts.ListAsync(from, take, cancellationToken)) is var (found, next) ? (found.Count(conflict => conflict.Open), next) : default),
            await CountAsync(async (from, take) => (await letters.ListAsync(from, take, cancellationToken)) is var (found, next) ? (found.Count, next) : default),
            (await runner.ListAsync(null, RunsShown, cancellationToken)).Runs,
            figures.Since);
    }

    public async Task<SystemSnapshot> ReadAsync(SystemId system, CancellationToken cancellationToken)
    {
        var free = budget.Headroom().Where(limit => limit.System == system).Select(limit => (double?)limit.Free).DefaultIfEmpty(null).Min();
        var changes = figures.Counts(HubMetrics.ChangesName).Where(figure => figure.First == system.Name).Sum(figure => figure.Total);
        return new(await systems.ReadAsync(system, cancellationToken), await health.CaughtUpToAsync(system, cancellationToken), changes, free);
    }

    private static async Task<Bounded> CountAsync(Func<string?, int, Task<(int Count, string? Next)>> page)
    {
        var (count, from) = (0, (string?)null);
        for (var seen = 0; seen < CountTo; seen += TableLimits.MaxTake)
        {
            var (found, next) = await page(from, TableLimits.MaxTake);
            count += found;
            if (next is null)
                return new(count, AtLeast: false);
            from = next;
        }
        return new(count, AtLeast: true);
    }
}

/// <summary>The hub at a moment.</summary>
/// <param name="Since">When the process started, which counts begin with.</param>
public sealed record HubSnapshot(IReadOnlyList<SystemSnapshot> Systems, IReadOnlyList<KeyValuePair<string, int>> Queues, Bounded OpenConflicts, Bounded DeadLetters, IReadOnlyList<RunView> Runs, DateTimeOffset Since);

/// <summary>A system at a moment.</summary>
/// <param name="CaughtUpTo">All its changes are known up to here; null when it was never read.</param>
/// <param name="Changes">Changes it told since the process started.</param>
/// <param name="Headroom">The free part of its scarcest rate limit; null when it declares none.</param>
public sealed record SystemSnapshot(SystemView System, DateTimeOffset? CaughtUpTo, long Changes, double? Headroom);

/// <summary>A count that may have stopped early.</summary>
public sealed record Bounded(int Count, bool AtLeast)
{
    public override string ToString() => $"{Count:N0}{(AtLeast ? "+" : "")}";
}
