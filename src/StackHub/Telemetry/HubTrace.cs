using System.Diagnostics;

namespace StackHub.Telemetry;

/// <summary>
/// The hub's spans; nothing is allocated while nobody listens. A tag is a name from the configuration, an id, a count or a code, never
/// a value of a record.
/// </summary>
public static class HubTrace
{
    public const string SourceName = "StackHub";
    private static readonly ActivitySource Source = new(SourceName);

    public static bool IsOn => Source.HasListeners();

    /// <summary>
    /// Begins a piece of work. The web server's own span holds addresses, so that it is not exported; what is its parent is ours too.
    /// </summary>
    public static Activity? Begin(string name, ActivityKind kind) => IsOn ? Source.StartActivity(name, kind, Outer()) : null;

    /// <summary>Goes on where a message or an outbox row left off.</summary>
    public static Activity? Continue(string name, ActivityKind kind, string? trace) => !IsOn
        ? null
        : ActivityContext.TryParse(trace, null, isRemote: true, out var parent) ? Source.StartActivity(name, kind, parent) : Begin(name, kind);

    /// <summary>A span beside one that has ended: in another trace, alike in time and tags, linked to it.</summary>
    internal static void Repeat(Activity ended, string trace)
    {
        if (!ActivityContext.TryParse(trace, null, isRemote: true, out var parent))
            return;
        using var span = Source.StartActivity(ended.OperationName, ended.Kind, parent, ended.TagObjects, [new(ended.Context)], ended.StartTimeUtc);
        span?.SetStatus(ended.Status, ended.StatusDescription).SetEndTime(ended.StartTimeUtc + ended.Duration);
    }

    private static ActivityContext Outer() => Activity.Current is { } other && other.Source != Source
        ? new(other.TraceId, other.ParentSpanId, other.ActivityTraceFlags)
        : default;
}
