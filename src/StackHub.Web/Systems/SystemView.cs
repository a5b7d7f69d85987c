using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Web.Systems;

/// <summary>A connected system: how far it has come, and what was done to it.</summary>
/// <param name="Writes">The hub may write to it now.</param>
/// <param name="Calls">Calls to the vendor since the process started, by operation.</param>
public sealed record SystemView(SystemId Id, string Vendor, string Name, SystemMode Mode, SystemStage Stage, bool Writes, OutboxDepth Outbox, CountsView Counts, IReadOnlyDictionary<string, long> Calls)
{
    /// <summary>Why nothing is written at the moment.</summary>
    public string? Paused { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Until when the vendor asked to be left alone.</summary>
    public DateTimeOffset? BlockedUntil { get; init; }

    /// <summary>What the fuse counted in the hour that runs.</summary>
    public required FuseView Fuse { get; init; }
}

/// <summary>Records that wait to be written.</summary>
/// <param name="AtLeast">True when counting stopped early: there are more.</param>
/// <param name="Oldest">When the first of them was enqueued.</param>
public sealed record OutboxDepth(int Count, bool AtLeast, DateTimeOffset? Oldest);

/// <summary>What was done to a system since the process started.</summary>
public sealed record CountsView(long Created, long Updated, long Unchanged, long Refused, long Retried, long Shadowed)
{
    public static CountsView Of(SystemCounters.Counts counts) => new(counts.Created, counts.Updated, counts.Unchanged, counts.Refused, counts.Retried, counts.Shadowed);
}

/// <summary>What happened in the running hour, the limits, and what an approved plan still allows beyond them.</summary>
public sealed record FuseView(int Creates, int Overwrites, int Deletes, int MaxCreates, int MaxOverwrites, int MaxDeletes, int AllowedCreates, int AllowedOverwrites)
{
    public static FuseView Of(SystemState state, FuseLimits limits) =>
        new(state.Creates, state.Overwrites, state.Deletes, limits.Creates, limits.Overwrites, limits.Deletes, state.AllowedCreates, state.AllowedOverwrites);
}
