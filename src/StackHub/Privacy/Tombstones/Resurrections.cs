using Microsoft.Extensions.Logging;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Security;
using StackHub.Suppression;

namespace StackHub.Privacy.Tombstones;

/// <summary>
/// A system shows somebody who was erased. While they are being erased there that is the echo of it; after that, or under a new id, they
/// came back: the cause is named and they are erased again.
/// </summary>
public sealed class Resurrections(PrivacyStore store, SystemCalls calls, DropNotes notes, SuppressionList suppression, TaskSignals signals, PrivacyTrail trail, RequestRunner requests, HubKeys keys, TimeProvider time, ILogger<Resurrections> logger)
{
    public async Task HandleAsync(IReadOnlyList<DroppedWrite> dropped, CancellationToken cancellationToken)
    {
        foreach (var drop in dropped)
            foreach (var id in await store.WithAsync([drop.Tombstone], cancellationToken))
                if (await store.FindAsync(id, cancellationToken) is { } request && request.State.IsRunning() && KindRules.Erases(request.Kind) && request.Plan is { OptOutOnly: false })
                    await HandleAsync(request, drop, cancellationToken);
    }

    private async Task HandleAsync(PrivacyRequest request, DroppedWrite drop, CancellationToken cancellationToken)
    {
        await notes.KeepAsync(request.Id, drop, cancellationToken);
        var task = await store.FindAsync(request.Id, PrivacyTask.IdOf(TaskAction.Erase, drop.System), cancellationToken);
        var item = task?.Items.FirstOrDefault(one => one.ObjectType == drop.ObjectType && one.Id == drop.Id);
        if (item is { Level: < ProofLevel.Confirmed } || item?.Kept is not null || (item is not null && task is { Action: TaskAction.Redact }))
            return; // under way, or there by right
        if (!(await ReadAsync(drop, cancellationToken)).There)
            return; // an old message: they are gone
        await BackAsync(request, task, drop, cancellationToken);
    }

    private async Task<Presence> ReadAsync(DroppedWrite drop, CancellationToken cancellationToken)
    {
        calls.RequireFree(drop.System);
        var read = Presence.Absent;
        await CallRound.AloneAsync(async round => read = await calls.ReadAsync(round, drop.System, drop.ObjectType, drop.Id, cancellationToken));
        return read;
    }

    private async Task BackAsync(PrivacyRequest request, PrivacyTask? task, DroppedWrite drop, CancellationToken cancellationToken)
    {
        var (now, cause) = (time.GetUtcNow(), DropNotes.Cause(drop));
        var alias = Alias.Of(drop.Ref).Hash(keys);
        await suppression.AddAsync([alias], request.Id.ToString(), cancellationToken);
        await store.IndexAsync(request.Id, [alias], cancellationToken);
        task ??= await AddTaskAsync(request, drop.System, cancellationToken);
        var after = await store.ChangeAsync(request.Id, task.Id, known => IsUnderWay(known, drop) ? known : ByHand(known.BackAs(drop.ObjectType, drop.Id, cause, now)), cancellationToken);
        logger.Resurrected(request.Id, drop.System);
        await trail.NoteAsync(request.Id, "came back", $"{drop.System} {drop.ObjectType}/{drop.Id}: {cause}", $"back-{drop.System}-{drop.ObjectType}-{drop.Id}-{after?.Resurrections.Count}", cancellationToken);
        await trail.ReopenAsync(request.Id, cancellationToken);
        await store.ReopenAsync(request.Id, cancellationToken);
        await requests.FollowAsync(request.Id, cancellationToken);
        await signals.WakeAsync(request.Id, task.Id, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>The message came twice, or another was faster.</summary>
    private static bool IsUnderWay(PrivacyTask task, DroppedWrite drop) =>
        task.Items.Any(item => item.ObjectType == drop.ObjectType && item.Id == drop.Id && item.Level < ProofLevel.Confirmed && item.Kept is null);

    private PrivacyTask ByHand(PrivacyTask task) => calls.CanErase(task.System) ? task : task with { Status = PrivacyTaskStatus.Manual, Reason = "by-hand" };

    /// <summary>They came to a system that they never were in.</summary>
    private async Task<PrivacyTask> AddTaskAsync(PrivacyRequest request, SystemId system, CancellationToken cancellationToken)
    {
        var task = new PrivacyTask(request.Id, system, TaskAction.Erase, 0) { Status = calls.CanErase(system) ? PrivacyTaskStatus.Active : PrivacyTaskStatus.Manual };
        await store.AddAsync(task, cancellationToken);
        return task;
    }
}
