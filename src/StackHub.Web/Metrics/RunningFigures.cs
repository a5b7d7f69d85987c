using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using StackHub.Telemetry;

namespace StackHub.Web.Metrics;

/// <summary>What the hub's metrics said since the process started, for people: the same instruments that go to a collector.</summary>
public sealed class RunningFigures : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<(string Instrument, string First, string Second), Tally> tallies = new();
    private readonly ConcurrentDictionary<(string Instrument, string Tag), Spread> spreads = new();
    private readonly MeterListener listener = new();
    private readonly TimeProvider time;

    public RunningFigures(TimeProvider time)
    {
        this.time = time;
        Since = time.GetUtcNow();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == HubMetrics.MeterName && instrument is Counter<long> or Histogram<double>)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument.Name, value, tags));
    }

    public DateTimeOffset Since { get; private set; }

    /// <summary>A counter by its first tag, and by its second where it has two.</summary>
    public IReadOnlyList<Figure> Counts(string instrument) =>
        [.. tallies.Where(entry => entry.Key.Instrument == instrument).Select(entry => new Figure(entry.Key.First, entry.Key.Second, entry.Value.Total)).OrderBy(figure => figure.First, StringComparer.Ordinal).ThenBy(figure => figure.Second, StringComparer.Ordinal)];

    /// <summary>A histogram of seconds by its tag.</summary>
    public IReadOnlyList<SpreadFigure> Spreads(string instrument) =>
        [.. spreads.Where(entry => entry.Key.Instrument == instrument).Select(entry => new SpreadFigure(entry.Key.Tag, entry.Value.Count, entry.Value.Percentile(.5), entry.Value.Percentile(.99))).OrderBy(figure => figure.Name, StringComparer.Ordinal)];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Since = time.GetUtcNow();
        listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    private void Add(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tallies.GetOrAdd((instrument, Tag(tags, 0), Tag(tags, 1)), _ => new()).Add(value);

    private void Record(string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        spreads.GetOrAdd((instrument, Tag(tags, 0)), _ => new()).Add(value);

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index) => index < tags.Length ? tags[index].Value as string ?? "" : "";
}

/// <summary>A counter's total under its tags.</summary>
public sealed record Figure(string First, string Second, long Total);

/// <summary>How long something took: how often, and at most in half and in 99 of 100 cases.</summary>
public sealed record SpreadFigure(string Name, long Count, TimeSpan Median, TimeSpan P99);
