using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;
using StackHub.Sync.Outbox;
using StackHub.Sync.Runs;

namespace StackHub.Sync.Actions;

/// <summary>What a person decides: approve a plan, pause and resume, replay, settle a conflict, undo a merge.</summary>
public sealed class OperatorActions(
    HubModel model,
    SystemStates states,
    SyncPlan plan,
    RecordStore records,
    RecordMerger merger,
    Emitter emitter,
    FlowSignals flows,
    ConflictStore conflicts,
    DeadLetterStore deadLetters,
    PushSignals signals,
    IMessageQueue queue,
    TimeProvider time)
{
    /// <summary>
    /// Approves a baselined system's first plan: what it holds is allowed beyond the fuse's limits, once. Null when the system was not
    /// read in full yet.
    /// </summary>
    public async Task<PlanCount?> ApproveAsync(SystemId system, CancellationToken cancellationToken)
    {
        if (!await states.HoldsAsync(system, state => state.Stage != SystemStage.New, cancellationToken))
            return null;
        var count = (await plan.CountAsync(system, cancellationToken))[system];
        await states.ChangeAsync(system, state => state with
        {
            Stage = SystemStage.Approved,
            Paused = null,
            PausedAt = null,
            AllowedCreates = count.Creates,
            AllowedOverwrites = count.Overwrites,
        }, cancellationToken);
        return count;
    }

    public Task PauseAsync(SystemId system, string reason, CancellationToken cancellationToken) =>
        states.ChangeAsync(system, state => state.Paused is null ? state with { Paused = reason, PausedAt = time.GetUtcNow() } : state, cancellationToken);

    /// <summary>Resumes a paused system. What waits in its outbox is what the person saw, so it is allowed beyond the fuse's limits, once.</summary>
    public async Task ResumeAsync(SystemId system, CancellationToken cancellationToken)
    {
        var waiting = (await plan.CountAsync(system, cancellationToken))[system];
        await states.ChangeAsync(system, state => state with
        {
            Paused = null,
            PausedAt = null,
            AllowedCreates = Math.Max(state.AllowedCreates, waiting.Creates),
            AllowedOverwrites = Math.Max(state.AllowedOverwrites, waiting.Overwrites),
        }, cancellationToken);
        for (var shard = 0; shard < model.Shards; shard++)
            await signals.WakeAsync(system, shard, cancellationToken);
    }

    /// <summary>Tries a dead letter again. False when there is none of this id.</summary>
    public async Task<bool> ReplayAsync(string id, CancellationToken cancellationToken)
    {
        if (await deadLetters.GetAsync(id, cancellationToken) is not { } letter)
            return false;
        if (letter is { Queue: { } name, Body: { } body })
            await queue.SendAsync(name, body, TimeSpan.Zero, cancellationToken);
        else if (letter is { Record: { } record, System: { } system })
            await ForgetRefusalAsync(record, system, letter.Field, cancellationToken);
        await deadLetters.RemoveAsync(id, cancellationToken);
        return true;
    }

    /// <summary>Takes a merge back; both records are then written out as what they are. False when there is no such merge.</summary>
    public async Task<bool> UndoMergeAsync(RecordId loser, CancellationToken cancellationToken)
    {
        if (await records.ReadAsync(loser, cancellationToken) is not { Record.MergedInto: { } survivor } || !await merger.UndoAsync(loser, cancellationToken))
            return false;
        await emitter.EmitAsync([loser, survivor], Lane.Interactive, null, cancellationToken);
        await flows.SendAllAsync([loser, survivor], null, cancellationToken);
        return true;
    }

    /// <summary>They are one: merges the pair of a conflict. False when the conflict has no pair, or a person said before that they differ.</summary>
    public async Task<bool> MergeAsync(string conflictId, CancellationToken cancellationToken)
    {
        if (await conflicts.GetAsync(conflictId, cancellationToken) is not { Other: { } other } conflict)
            return false;
        if (await merger.MergeAsync(conflict.Record, other, "decided by a person", cancellationToken) is not { } survivor)
            return false;
        await conflicts.CloseAsync(conflictId, cancellationToken);
        await emitter.EmitAsync([survivor], Lane.Interactive, null, cancellationToken);
        await flows.SendAllAsync([conflict.Record, other, survivor], null, cancellationToken);
        return true;
    }

    /// <summary>They are two, and are never proposed again; or, for a fight, the field is released. False when there is no such conflict.</summary>
    public async Task<bool> CloseAsync(string conflictId, CancellationToken cancellationToken)
    {
        if (await conflicts.GetAsync(conflictId, cancellationToken) is not { } conflict)
            return false;
        var now = Merging.Truncated(time.GetUtcNow());
        // Either of a pair may be the one that waits to be created.
        await records.ChangeAsync(conflict.Record, record => record is null ? null : Settled(record, conflict, conflict.Other, now), cancellationToken);
        if (conflict.Other is { } other)
            await records.ChangeAsync(other, record => record is null ? null : Settled(record, conflict, conflict.Record, now), cancellationToken);
        await conflicts.CloseAsync(conflictId, cancellationToken);
        await emitter.EmitAsync(conflict.Other is { } rival ? [conflict.Record, rival] : [conflict.Record], Lane.Interactive, null, cancellationToken);
        return true;
    }

    private static HubRecord Settled(HubRecord record, Conflict conflict, RecordId? other, DateTimeOffset now) => conflict switch
    {
        { Kind: ConflictKind.Fight, Field: { } field } => record with { Frozen = record.Frozen.Remove(field), Released = record.Released.SetItem(field, now) },
        _ when other is { } different => record with { DistinctFrom = record.DistinctFrom.Add(different), Contested = record.Contested && conflict.Kind != ConflictKind.Contested },
        _ => record,
    };

    private async Task ForgetRefusalAsync(RecordId id, SystemId system, string? field, CancellationToken cancellationToken)
    {
        await records.ChangeAsync(id, record => record is null ? null : Forgotten(record, system, field), cancellationToken);
        await emitter.EmitAsync([id], Lane.Interactive, null, cancellationToken);
    }

    private static HubRecord Forgotten(HubRecord record, SystemId system, string? field)
    {
        foreach (var link in record.ActiveIn(system).ToArray())
            record = record.With(link with { Refusals = link.Refusals.Remove(field ?? "*").Remove("*") });
        return record with { RefusedCreates = record.RefusedCreates.Remove(system) };
    }
}
