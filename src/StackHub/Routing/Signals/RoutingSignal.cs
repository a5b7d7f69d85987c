using StackHub.Records;

namespace StackHub.Routing.Signals;

/// <summary>Something to be told, as it waits: ids only. What is told of a lead is gathered when it is sent, so that nothing is told of somebody erased meanwhile.</summary>
/// <param name="Id">The same however often it is told: whoever is told may drop it the second time.</param>
/// <param name="At">When it happened.</param>
public sealed record RoutingSignal(string Id, string Kind, DateTimeOffset At)
{
    public const string Routed = "lead.routed";
    public const string Exhausted = "capacity.exhausted";
    public const string Restored = "capacity.restored";

    public RecordId? Lead { get; init; }

    public int Attempt { get; init; }

    /// <summary>Of a signal about a pool: the whole body, which names owners only.</summary>
    public string? Body { get; init; }

    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>A signal that waits to be taken.</summary>
public sealed record WaitingSignal(RoutingSignal Signal, int Tries, DateTimeOffset NextAt, DateTimeOffset Since, string ETag);
