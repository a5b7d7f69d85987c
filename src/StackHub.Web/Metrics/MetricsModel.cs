using StackHub.Telemetry;
using StackHub.Web.Overview;
using StackHub.Web.Systems;

namespace StackHub.Web.Metrics;

/// <summary>The running process in figures.</summary>
/// <param name="Collector">Where OpenTelemetry goes; null when it goes nowhere.</param>
public sealed record MetricsModel(DateTimeOffset Since, long Changes, IReadOnlyList<SystemFigures> Systems, IReadOnlyList<SpreadFigure> Ages, IReadOnlyList<Figure> DeadLetters, IReadOnlyList<Figure> Conflicts, IReadOnlyList<Figure> Storage, HubSnapshot Hub, string? Collector)
{
    public long VendorCalls => Systems.Sum(system => system.Calls);

    public long StorageOperations => Storage.Sum(figure => figure.Total);

    public static MetricsModel Of(RunningFigures figures, HubSnapshot hub, IReadOnlyDictionary<string, IReadOnlyList<LimitUse>> limits, string? collector)
    {
        var latencies = figures.Spreads(HubMetrics.PushLatencyName).ToDictionary(spread => spread.Name);
        var writes = figures.Counts(HubMetrics.WritesName);
        var calls = figures.Counts(HubMetrics.VendorCallsName);
        return new(
            figures.Since,
            figures.Counts(HubMetrics.ChangesName).Sum(figure => figure.Total),
            [
                .. hub.Systems.Select(entry => new SystemFigures(
                    entry.System.Id.Name,
                    entry.Changes,
                    [.. writes.Where(figure => figure.First == entry.System.Id.Name)],
                    calls.Where(figure => figure.First == entry.System.Id.Name).Sum(figure => figure.Total),
                    latencies.GetValueOrDefault(entry.System.Id.Name),
                    limits.GetValueOrDefault(entry.System.Id.Name, []))),
            ],
            figures.Spreads(HubMetrics.QueueAgeName),
            figures.Counts(HubMetrics.DeadLettersName),
            figures.Counts(HubMetrics.ConflictsName),
            figures.Counts(HubMetrics.StorageOperationsName),
            hub,
            collector);
    }

    /// <summary>Of a change; null before the first.</summary>
    public double? PerChange(long count) => Changes == 0 ? null : (double)count / Changes;
}

/// <summary>One system in figures.</summary>
/// <param name="Writes">Records sent, by outcome.</param>
/// <param name="Latency">From a difference to the tool's answer that it is stored; null before the first.</param>
public sealed record SystemFigures(string Name, long Changes, IReadOnlyList<Figure> Writes, long Calls, SpreadFigure? Latency, IReadOnlyList<LimitUse> Limits);
