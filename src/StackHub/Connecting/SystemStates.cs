using System.Collections.Concurrent;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Connecting;

/// <summary>How far a system has come.</summary>
public enum SystemStage
{
    /// <summary>Never read: nothing is written to it.</summary>
    New = 0,

    /// <summary>Read in full: its first plan waits for approval.</summary>
    Baselined = 1,

    /// <summary>A person approved the first plan: the hub writes.</summary>
    Approved = 2,
}

/// <summary>A system's state: stage, pause, and what the fuse counted in the running hour.</summary>
public sealed record SystemState(SystemId System)
{
    public SystemStage Stage { get; init; }

    /// <summary>Why nothing is written at the moment; null when it is not paused.</summary>
    public string? Paused { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Start of the hour that the counts are of.</summary>
    public DateTimeOffset Hour { get; init; } = DateTimeOffset.UnixEpoch;

    public int Creates { get; init; }

    public int Overwrites { get; init; }

    public int Deletes { get; init; }

    /// <summary>Creates and overwrites that an approved plan allows beyond the hourly limits; used up as they happen.</summary>
    public int AllowedCreates { get; init; }

    public int AllowedOverwrites { get; init; }

    /// <summary>True when the hub may write to it now.</summary>
    public bool Writes => Stage == SystemStage.Approved && Paused is null;
}

/// <summary>The states in the table store, remembered for a moment.</summary>
public sealed class SystemStates(ITableStore tables, TimeProvider time)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<SystemId, (SystemState State, string? ETag, DateTimeOffset ReadAt)> known = new();

    public async ValueTask<SystemState> GetAsync(SystemId system, CancellationToken cancellationToken) =>
        known.TryGetValue(system, out var entry) && time.GetUtcNow() - entry.ReadAt < Refresh ? entry.State : (await ReadAsync(system, cancellationToken)).State;

    /// <summary>
    /// Whether something holds for the system. A remembered "no" is asked again: another process may have approved or resumed it since,
    /// and what is left out for a "no" of yesterday is not made up for soon.
    /// </summary>
    public async ValueTask<bool> HoldsAsync(SystemId system, Func<SystemState, bool> condition, CancellationToken cancellationToken) =>
        condition(await GetAsync(system, cancellationToken)) || condition((await ReadAsync(system, cancellationToken)).State);

    /// <summary>Applies a pure change to the newest state.</summary>
    public async Task<SystemState> ChangeAsync(SystemId system, Func<SystemState, SystemState> change, CancellationToken cancellationToken)
    {
        var (state, etag) = known.TryGetValue(system, out var entry) ? (entry.State, entry.ETag) : await ReadAsync(system, cancellationToken);
        while (true)
        {
            var changed = change(state);
            if (changed == state)
                return state;
            var row = ToRow(changed);
            var written = await tables.WriteAsync(Tables.Systems, etag is null ? new TableAction.Insert(row) : new TableAction.Replace(row, etag), cancellationToken);
            if (written.Done)
            {
                known[system] = (changed, written.ETag, time.GetUtcNow());
                return changed;
            }
            (state, etag) = await ReadAsync(system, cancellationToken);
        }
    }

    private async Task<(SystemState State, string? ETag)> ReadAsync(SystemId system, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Systems, "system", system.Name, cancellationToken);
        var state = row is null ? new(system) : Of(system, row);
        known[system] = (state, row?.ETag, time.GetUtcNow());
        return (state, row?.ETag);
    }

    private static SystemState Of(SystemId system, TableRow row) => new(system)
    {
        Stage = (SystemStage)(row.Value<int>("Stage") ?? 0),
        Paused = row.Text("Paused"),
        PausedAt = row.Value<DateTimeOffset>("PausedAt"),
        Hour = row.Value<DateTimeOffset>("Hour") ?? DateTimeOffset.UnixEpoch,
        Creates = row.Value<int>("Creates") ?? 0,
        Overwrites = row.Value<int>("Overwrites") ?? 0,
        Deletes = row.Value<int>("Deletes") ?? 0,
        AllowedCreates = row.Value<int>("AllowedCreates") ?? 0,
        AllowedOverwrites = row.Value<int>("AllowedOverwrites") ?? 0,
    };

    private static TableRow ToRow(SystemState state)
    {
        var values = new Dictionary<string, object>
        {
            ["Stage"] = (int)state.Stage,
            ["Hour"] = state.Hour,
            ["Creates"] = state.Creates,
            ["Overwrites"] = state.Overwrites,
            ["Deletes"] = state.Deletes,
            ["AllowedCreates"] = state.AllowedCreates,
            ["AllowedOverwrites"] = state.AllowedOverwrites,
        };
        if (state.Paused is { } reason)
            values["Paused"] = reason;
        if (state.PausedAt is { } pausedAt)
            values["PausedAt"] = pausedAt;
        return new("system", state.System.Name, values);
    }
}
