using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using StackHub.Telemetry;

namespace StackHub.Testing.Telemetry;

/// <summary>Everything the hubs of this process tell an exporter.</summary>
public sealed class Overheard : IDisposable
{
    private readonly ActivityListener spans;
    private readonly MeterListener metrics = new();

    public Overheard()
    {
        spans = new()
        {
            ShouldListenTo = source => source.Name == HubTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(spans);
        metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HubMetrics.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        metrics.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        metrics.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        metrics.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> Measurements { get; } = new();

    /// <summary>Every text a span or a metric carries.</summary>
    public IEnumerable<string> Texts =>
        Spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Value}").Concat([span.DisplayName, span.StatusDescription ?? "", .. span.Baggage.Select(item => $"{item.Value}")]))
            .Concat(Spans.SelectMany(span => span.Events.SelectMany(seen => seen.Tags.Select(tag => $"{tag.Value}"))))
            .Concat(Measurements.SelectMany(measured => measured.Tags.Select(tag => $"{tag.Value}")));

    public IEnumerable<Activity> In(ActivityTraceId trace) => Spans.Where(span => span.TraceId == trace);

    public double Sum(string name, params IEnumerable<string> tags) =>
        Measurements.Where(measured => measured.Name == name && tags.All(tag => measured.Tags.Any(own => own.Value is string text && text == tag))).Sum(measured => measured.Value);

    public void Collect() => metrics.RecordObservableInstruments();

    public void Dispose()
    {
        spans.Dispose();
        metrics.Dispose();
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Measurements.Enqueue((instrument.Name, value, tags.ToArray()));
}
