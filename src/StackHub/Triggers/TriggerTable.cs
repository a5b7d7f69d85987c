using System.Globalization;
using StackHub.Storage;

namespace StackHub.Triggers;

public enum TriggerKind
{
    Http,
    Queue,
    Timer,
}

/// <param name="Binding">A route, a queue's name, or a timer's interval.</param>
public sealed record Trigger(string Name, TriggerKind Kind, string Binding)
{
    /// <summary>A timer's interval.</summary>
    public TimeSpan Every => TimeSpan.ParseExact(Binding, "c", CultureInfo.InvariantCulture);
}

/// <summary>The one table of what runs when: the standalone process drives it itself, the Functions app declares it to its host.</summary>
public static class TriggerTable
{
    public static readonly Trigger Sweep = Timer("sweep", TimeSpan.FromSeconds(30));
    public static readonly Trigger Reconcile = Timer("reconcile", TimeSpan.FromHours(24));
    public static readonly Trigger ConsentCheck = Timer("consentcheck", TimeSpan.FromHours(24));
    public static readonly Trigger Idempotency = Timer("idempotency", TimeSpan.FromHours(6));
    public static readonly Trigger Clocks = Timer("clocks", TimeSpan.FromMinutes(1));
    public static readonly Trigger Agreement = Timer("agreement", TimeSpan.FromHours(24));
    public static readonly Trigger Audit = Timer("audit", TimeSpan.FromHours(1));
    public static readonly Trigger Privacy = Timer("privacy-watch", TimeSpan.FromMinutes(5));
    public static readonly Trigger PrivacyNotices = Timer("privacy-notices", TimeSpan.FromMinutes(1));
    public static readonly Trigger PrivacyUpkeep = Timer("privacy-upkeep", TimeSpan.FromMinutes(1));

    /// <summary>Leads that nobody could take are tried again: within a minute of somebody's return.</summary>
    public static readonly Trigger Holding = Timer("holding", TimeSpan.FromSeconds(30));

    public static readonly IReadOnlyList<Trigger> Http =
    [
        new("hooks", TriggerKind.Http, "hooks/{*path}"),
        new("api", TriggerKind.Http, "api/{*path}"),
        new("console", TriggerKind.Http, "console/{*path}"),
        new("privacy-form", TriggerKind.Http, "privacy/{*path}"),
        new("healthz", TriggerKind.Http, "healthz"),
    ];

    public static readonly IReadOnlyList<Trigger> Timers =
    [
        Sweep,
        Reconcile,
        Idempotency,
        Clocks,
        Agreement,
        Holding,
        Audit,
        ConsentCheck,
        Privacy,
        PrivacyNotices,
        PrivacyUpkeep,
    ];

    /// <summary>A host's timers are declared before any system is known, so one polls all whose time has come.</summary>
    public static readonly Trigger HostedPoll = Timer("poll", TimeSpan.FromMinutes(1));

    /// <summary>What a Functions host is told. It moves what failed five times to a poison queue of its own, which becomes dead letters.</summary>
    public static IReadOnlyList<Trigger> Hosted { get; } =
    [
        .. Http,
        .. Queues.All.Select(Queue),
        .. Queues.All.Select(Queues.Poison).Select(Queue),
        .. Timers,
        HostedPoll,
    ];

    private static Trigger Queue(string queue) => new(queue, TriggerKind.Queue, queue);

    private static Trigger Timer(string name, TimeSpan every) => new(name, TriggerKind.Timer, every.ToString("c", CultureInfo.InvariantCulture));
}
