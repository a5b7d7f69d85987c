namespace StackHub.Storage;

/// <summary>The names of the hub's queues. A message that failed five times moves to the queue's "-poison" twin.</summary>
public static class Queues
{
    public const string Inbound = "inbound";
    public const string Push = "push";
    public const string Match = "match";
    public const string Runs = "runs";
    public const string Routing = "routing";
    public const string Lifecycle = "lifecycle";
    public const string Consents = "consents";
    public const string Privacy = "privacy";
    public const int MaxDequeueCount = 5;

    public static readonly IReadOnlyList<string> All =
    [
        Inbound,
        Push,
        Match,
        Runs,
        Lifecycle,
        Routing,
        Consents,
        Privacy,
    ];

    public static string Poison(string queue) => queue + "-poison";
}
