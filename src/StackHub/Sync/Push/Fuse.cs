using StackHub.Configuration;
using StackHub.Connecting;

namespace StackHub.Sync.Push;

/// <summary>The blast-radius fuse: what a system's state becomes when a batch of writes is about to be sent.</summary>
public static class Fuse
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The state with the batch counted; paused, with the reason, when the batch would go over a limit (nothing is counted then).</summary>
    public static SystemState Count(SystemState state, FuseLimits limits, int creates, int overwrites, int deletes, DateTimeOffset now)
    {
        if (now - state.Hour >= Hour)
            state = state with { Hour = now, Creates = 0, Overwrites = 0, Deletes = 0 };
        // What a person approved beforehand is used up first.
        var allowedCreates = Math.Min(creates, state.AllowedCreates);
        var allowedOverwrites = Math.Min(overwrites, state.AllowedOverwrites);
        var counted = state with
        {
            Creates = state.Creates + creates - allowedCreates,
            Overwrites = state.Overwrites + overwrites - allowedOverwrites,
            Deletes = state.Deletes + deletes,
            AllowedCreates = state.AllowedCreates - allowedCreates,
            AllowedOverwrites = state.AllowedOverwrites - allowedOverwrites,
        };
        return Blown(counted, limits) is { } reason ? state with { Paused = reason, PausedAt = now } : counted;
    }

    private static string? Blown(SystemState state, FuseLimits limits) =>
        state.Creates > limits.Creates ? $"more than {limits.Creates} creates in an hour"
        : state.Overwrites > limits.Overwrites ? $"more than {limits.Overwrites} values overwritten in an hour"
        : state.Deletes > limits.Deletes ? $"more than {limits.Deletes} deletes in an hour"
        : null;
}
