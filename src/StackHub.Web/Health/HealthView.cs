using StackHub.Records;
using StackHub.Web.Systems;

namespace StackHub.Web.Health;

/// <summary>How the hub fares.</summary>
/// <param name="Queues">Messages by queue, seen and unseen.</param>
public sealed record HealthView(DateTimeOffset At, IReadOnlyList<SystemHealth> Systems, IReadOnlyDictionary<string, int> Queues);

/// <summary>Whether calls to a system may be sent.</summary>
public enum Reach
{
    /// <summary>Nothing speaks against it.</summary>
    Reachable,

    /// <summary>The vendor asked to be left alone until <see cref="SystemHealth.BlockedUntil"/>.</summary>
    Blocked,
}

/// <summary>How one system fares.</summary>
/// <param name="Paused">Why nothing is written to it at the moment.</param>
/// <param name="LagSeconds">How far its change feed is behind, at its slowest object; absent when it was never read.</param>
public sealed record SystemHealth(SystemId System, Reach Reach, DateTimeOffset? BlockedUntil, string? Paused, double? LagSeconds, OutboxDepth Outbox);

/// <summary>Whether the hub can reach its store.</summary>
/// <param name="Status">"ok" or "unavailable".</param>
public sealed record Alive(string Status);
