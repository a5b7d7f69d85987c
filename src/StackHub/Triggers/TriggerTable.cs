using StackHub.Storage;

namespace StackHub.Triggers;

public enum TriggerKind
{
    Http,
    Queue,
    Timer,
}

/// <param name="Binding">A route, a queue's name, or a timer's interval.</param>
public sealed record Trigger(string Name, TriggerKind Kind, string Binding);

/// <summary>The one table of what runs when: the standalone process drives it itself, the Functions app declares it to its host.</summary>
public static class TriggerTable
{
    public static readonly IReadOnlyList<Trigger> Http =
    [
        new("hooks", TriggerKind.Http, "hooks/{*path}"),
        new("api", TriggerKind.Http, "api/{*path}"),
        new("console", TriggerKind.Http, "console/{*path}"),
        new("healthz", TriggerKind.Http, "healthz"),
    ];

    public static IEnumerable<Trigger> All(IEnumerable<ITimerHandler> timers) =>
    [
        .. Http,
        .. Queues.All.Select(queue => new Trigger(queue, TriggerKind.Queue, queue)),
        .. timers.Select(timer => new Trigger(timer.Name, TriggerKind.Timer, timer.Every.ToString("c"))),
    ];
}
