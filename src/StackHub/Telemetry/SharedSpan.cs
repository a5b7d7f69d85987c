using System.Diagnostics;

namespace StackHub.Telemetry;

/// <summary>
/// Work done for several traces at once (a batch of webhooks, one call that writes many records): a span in each of them. The first is
/// the one that spans inside belong to; the others are added when it ends, and linked to it.
/// </summary>
public sealed class SharedSpan : IDisposable
{
    private readonly Activity first;
    private readonly IReadOnlyList<string> others;

    private SharedSpan(Activity first, IReadOnlyList<string> others)
    {
        this.first = first;
        this.others = others;
    }

    /// <summary>Null while nobody listens.</summary>
    public static SharedSpan? Start<T>(string name, ActivityKind kind, IReadOnlyList<T> items, Func<T, string?> traceOf)
    {
        if (!HubTrace.IsOn)
            return null;
        var traces = items.Select(traceOf).OfType<string>().Distinct().ToArray();
        for (var index = 0; index < Math.Max(1, traces.Length); index++)
        {
            var span = HubTrace.Continue(name, kind, traces.ElementAtOrDefault(index));
            if (span is { IsAllDataRequested: true })
                return new(span, [.. traces.Skip(index + 1)]);
            span?.Dispose(); // not sampled; perhaps another is
        }
        return null;
    }

    public SharedSpan Tag(string name, object? value)
    {
        first.SetTag(name, value);
        return this;
    }

    /// <summary>By the exception's type: its text may quote a value.</summary>
    public void Fail(Exception failure) => first.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);

    public void Dispose()
    {
        first.Dispose();
        foreach (var trace in others)
            HubTrace.Repeat(first, trace);
    }
}
