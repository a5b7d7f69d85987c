using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tombstones;
using StackHub.Records;

namespace StackHub.Privacy.Tasks;

/// <summary>
/// Takes a task as far as it goes now: decides, passes the gate, calls, and saves what came of it before anything else. It may be told to
/// twice, at once, or die between any two lines.
/// </summary>
public sealed class TaskRunner(
    PrivacyStore store,
    SystemCalls calls,
    Canary canary,
    HubActions hub,
    RestrictedPeople restricted,
    TaskOrder order,
    TaskSignals signals,
    OfficerAlerts alerts,
    PrivacyTrail trail,
    DropNotes drops,
    HubModel model,
    TimeProvider time,
    ILogger<TaskRunner> logger)
{
    private const int MaxSteps = 200;
    private static readonly Correction[] OptedOut = [new("emailOptOut", "true")];
    private static readonly TimeSpan LongestPark = TimeSpan.FromHours(6);

    public Task RunAsync(RequestId id, string taskId, CancellationToken cancellationToken) =>
        CallRound.AloneAsync(round => RunAsync(round, id, taskId, cancellationToken));

    /// <param name="round">Whose calls are made together with this task's.</param>
    public async Task RunAsync(CallRound round, RequestId id, string taskId, CancellationToken cancellationToken)
    {
        for (var step = 0; step < MaxSteps; step++)
            if (!await StepAsync(round, id, taskId, cancellationToken))
                return;
        await signals.WakeAsync(id, taskId, TimeSpan.Zero, cancellationToken); // many records: others have their turn
    }

    /// <summary>False when there is nothing more to do now.</summary>
    private async Task<bool> StepAsync(CallRound round, RequestId id, string taskId, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request || !request.State.IsRunning())
            return false;
        // The clock before the gate: what is decided at a time has seen every hold of before.
        var now = time.GetUtcNow();
        if (await store.ReadTaskAsync(id, taskId, cancellationToken) is not { } stored || await store.ReadGateAsync(id, cancellationToken) is not { } gate)
            return false;
        var task = stored.Value;
        if (!task.IsHub && !calls.Knows(task.System) && task.Status is not (PrivacyTaskStatus.Manual or PrivacyTaskStatus.Done))
            return await OrphanAsync(task, cancellationToken);
        var asks = TaskSteps.AsksToStart(task);
        var step = TaskSteps.Next(task, gate.Value, asks && await order.MayStartAsync(request, task, cancellationToken), now, asks && task.Erases && await restricted.AnyAsync(request.Plan, cancellationToken));
        try
        {
            if (!task.IsHub && step is (TaskStep.Send or TaskStep.Ask or TaskStep.Look or TaskStep.Prove or TaskStep.Watch))
                calls.RequireFree(task.System);
            return step switch
            {
                TaskStep.Rest => false,
                TaskStep.Wait wait => await WaitAsync(task, wait, now, cancellationToken),
                TaskStep.Send send => await SendAsync(round, request, stored, gate, send.Item, now, cancellationToken),
                TaskStep.Keep keep => await SaveAsync(task, known => known.Keep(keep.Item, keep.By), cancellationToken),
                TaskStep.Release release => await SaveAsync(task, known => known.Release(release.Item), cancellationToken),
                TaskStep.End end => await EndAsync(task, end.Refused, cancellationToken),
                TaskStep.Seal seal => await SealAsync(task, seal.Item, cancellationToken),
                TaskStep.Ask ask => await AskAsync(round, request, task, ask.Item, cancellationToken),
                TaskStep.Look look => await LookAsync(round, task, look.Item, cancellationToken),
                TaskStep.Prove prove => await ProveAsync(round, request, task, prove.Item, cancellationToken),
                TaskStep.Watch watch => await WatchAsync(round, request, task, watch.Item, cancellationToken),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (VendorUnavailableException e) // only this system waits; and never here, but in the queue
        {
            await ParkAsync(task, step, e, cancellationToken);
            return true;
        }
    }

    /// <summary>The system was taken out of the configuration: what it still owes is a person's to do, and never forgotten.</summary>
    private async Task<bool> OrphanAsync(PrivacyTask task, CancellationToken cancellationToken)
    {
        await store.ChangeAsync(task.Request, task.Id, known => known with { Status = PrivacyTaskStatus.Manual, Reason = "system-removed", WakeAt = null }, cancellationToken);
        await alerts.RaiseAsync(task.Request, task.Id, "system-removed", cancellationToken);
        return false;
    }

    private async Task<bool> WaitAsync(PrivacyTask task, TaskStep.Wait wait, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var scheduled = task.WakeAt > now && task.WakeAt <= wait.Until;
        var wakes = scheduled ? task.WakeAt : wait.Until is { } moment ? TaskSignals.Comes(moment, now) : null;
        if (task.Waits(wait.Held, wakes) is var waiting && !ReferenceEquals(waiting, task))
        {
            await store.ChangeAsync(task.Request, task.Id, known => known.Waits(wait.Held, wakes), cancellationToken);
            if (wait.Held is { } ground && task.Status != PrivacyTaskStatus.Held)
                await trail.NoteAsync(task.Request, "held", $"{task.System}: {ground}", $"held-{task.Id}-{now.ToUnixTimeMilliseconds()}", cancellationToken);
        }
        if (wait.Until is { } until && !scheduled)
            await signals.WakeAsync(task.Request, task.Id, until - now, cancellationToken);
        return false;
    }

    private async Task<bool> SendAsync(CallRound round, PrivacyRequest request, Stored<PrivacyTask> stored, Stored<RequestGate> gate, int index, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var task = stored.Value.Sending(index, now);
        if (!await store.PassAsync(task, stored.ETag, gate, cancellationToken))
            return true; // somebody else sends it, or a hold was placed: decide again
        await trail.NoteAsync(task.Request, "requested", $"{task.System} {task.Items[index].ObjectType}/{task.Items[index].Id}", $"requested-{task.Id}-{index}-{now.ToUnixTimeMilliseconds()}", cancellationToken);
        try
        {
            var outcome = await CallAsync(round, request, task, index, cancellationToken);
            return await AnsweredAsync(task, index, outcome, cancellationToken);
        }
        catch (VendorUnavailableException e) when (!e.Uncertain)
        {
            await store.ChangeAsync(task.Request, task.Id, known => known.NotSent(index), cancellationToken);
            throw;
        }
        catch (Exception e) when (e is not (OperationCanceledException or VendorUnavailableException)) // nobody knows how far it came: it is read first
        {
            await store.ChangeAsync(task.Request, task.Id, known => known.Items[index].SendingSince == now ? known.Unanswered(index, TimeSpan.Zero, now) : known, CancellationToken.None);
            throw;
        }
    }

    private async Task<ErasureOutcome> CallAsync(CallRound round, PrivacyRequest request, PrivacyTask task, int index, CancellationToken cancellationToken)
    {
        if (task.Writes)
            return await calls.WriteAsync(task, task.Items[index], request.Plan!.Items.First(item => item.System == task.System && item.Id == task.Items[index].Id).Record, WantedOf(request, task, task.Items[index]), cancellationToken);
        return task.IsHub ? await hub.DoAsync(request, task.Action, cancellationToken) : await calls.EraseAsync(round, task, task.Items[index], cancellationToken);
    }

    private async Task<bool> AskAsync(CallRound round, PrivacyRequest request, PrivacyTask task, int index, CancellationToken cancellationToken)
    {
        var outcome = task.Writes ? await calls.ReadBackAsync(task, task.Items[index], WantedOf(request, task, task.Items[index]), cancellationToken)
            : task.IsHub ? await CallAsync(round, request, task, index, cancellationToken)
            : await calls.AskAsync(round, task, task.Items[index], cancellationToken);
        return await AnsweredAsync(task, index, outcome, cancellationToken);
    }

    private async Task<bool> AnsweredAsync(PrivacyTask task, int index, ErasureOutcome outcome, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await SaveAsync(task, known => known.Answered(index, outcome, now), cancellationToken);
        var what = outcome switch
        {
            ErasureOutcome.Accepted => "accepted",
            ErasureOutcome.Confirmed confirmed => $"confirmed by {confirmed.By.ToString().ToLowerInvariant()}",
            ErasureOutcome.NotFound => "not found",
            ErasureOutcome.Refused refused => $"refused: {refused.Code}",
            _ => "no certain answer",
        };
        await trail.NoteAsync(task.Request, what, $"{task.System} {task.Items[index].ObjectType}/{task.Items[index].Id}", $"{what}-{task.Id}-{index}-{task.Items[index].Sends}", cancellationToken);
        return true;
    }

    private async Task<bool> LookAsync(CallRound round, PrivacyTask task, int index, CancellationToken cancellationToken)
    {
        var item = task.Items[index];
        if (!task.IsHub && !task.Writes)
        {
            var found = await calls.ReadAsync(round, task.System, item.ObjectType, item.Id, cancellationToken);
            await trail.NoteAsync(task.Request, found.There ? "read after an uncertain call: there" : "read after an uncertain call: absent", $"{task.System} {item.ObjectType}/{item.Id}", $"looked-{task.Id}-{index}-{item.Sends}", cancellationToken);
        }
        return await SaveAsync(task, known => known.Looked(index), cancellationToken);
    }

    private async Task<bool> ProveAsync(CallRound round, PrivacyRequest request, PrivacyTask task, int index, CancellationToken cancellationToken)
    {
        var (there, sees) = await LookThereAsync(round, request, task, index, cancellationToken);
        var (vendor, now) = (VendorOf(task), time.GetUtcNow());
        return await AfterReadingAsync(await store.ChangeAsync(task.Request, task.Id, known => known.Items[index].Level == ProofLevel.Confirmed ? known.Proved(index, there, sees, vendor, now) : known, cancellationToken), cancellationToken);
    }

    private async Task<bool> WatchAsync(CallRound round, PrivacyRequest request, PrivacyTask task, int index, CancellationToken cancellationToken)
    {
        var item = task.Items[index];
        var (there, sees) = await LookThereAsync(round, request, task, index, cancellationToken);
        var cause = there ? await drops.CauseAsync(task.Request, new(task.System, item.ObjectType, item.Id), cancellationToken) ?? "found when it was read again" : "";
        var now = time.GetUtcNow();
        var after = await store.ChangeAsync(task.Request, task.Id, known => known.Items[index].Level == ProofLevel.Absent ? known.Watched(index, there, sees, cause, now) : known, cancellationToken);
        if (there)
        {
            logger.Resurrected(task.Request, task.System);
            await trail.NoteAsync(task.Request, "came back", $"{task.System} {item.ObjectType}/{item.Id}: {cause}", $"back-{task.Id}-{index}-{now.ToUnixTimeMilliseconds()}", cancellationToken);
        }
        return await AfterReadingAsync(after, cancellationToken);
    }

    private async Task<bool> AfterReadingAsync(PrivacyTask? task, CancellationToken cancellationToken)
    {
        if (task?.Status == PrivacyTaskStatus.Blocked)
            await alerts.RaiseAsync(task.Request, task.Id, task.Reason ?? "blocked", cancellationToken);
        if (task is not null)
            await order.SettledAsync(task, cancellationToken);
        return true;
    }

    private async Task<(bool There, bool Sees)> LookThereAsync(CallRound round, PrivacyRequest request, PrivacyTask task, int index, CancellationToken cancellationToken)
    {
        if (task.IsHub)
            return (!await hub.IsGoneAsync(request, cancellationToken), true);
        var item = task.Items[index];
        var found = await calls.ReadAsync(round, task.System, item.ObjectType, item.Id, cancellationToken);
        if (found.MovedTo is { } next && (await calls.ReadAsync(round, next.System, next.ObjectType, next.Id, cancellationToken)).There)
            await store.ChangeAsync(task.Request, task.Id, known => known.Items.Any(one => one.ObjectType == next.ObjectType && one.Id == next.Id) ? known : known with { Items = [.. known.Items, new(next.ObjectType, next.Id)] }, cancellationToken);
        return (found.There, found.There || await SeesAsync(round, task.System, item.ObjectType, cancellationToken));
    }

    /// <summary>One look at somebody else is enough for all who are read absent with it.</summary>
    private Task<bool> SeesAsync(CallRound round, SystemId system, string objectType, CancellationToken cancellationToken) =>
        round.CallAsync<SystemId, bool>($"canary {objectType}", int.MaxValue, system, async asked =>
        {
            var sees = await canary.SeesAsync(system, objectType, cancellationToken);
            return [.. asked.Select(_ => sees)];
        });

    private async Task<bool> SealAsync(PrivacyTask task, int index, CancellationToken cancellationToken)
    {
        var item = task.Items[index];
        await trail.NoteAsync(task.Request, "sealed", $"{task.System} {item.ObjectType}/{item.Id}", $"sealed-{task.Id}-{index}-{task.Resurrections.Count}", cancellationToken);
        var now = time.GetUtcNow();
        return await SaveAsync(task, known => known.Items[index].Level is ProofLevel.Quiet or ProofLevel.Confirmed ? known.Sealed(index, now) : known, cancellationToken);
    }

    private async Task<bool> EndAsync(PrivacyTask task, bool refused, CancellationToken cancellationToken)
    {
        var after = await store.ChangeAsync(task.Request, task.Id, known => known.Ended(refused), cancellationToken);
        if (refused)
            await alerts.RaiseAsync(task.Request, task.Id, after?.Reason ?? "refused", cancellationToken);
        if (after is not null)
            await order.SettledAsync(after, cancellationToken);
        return false;
    }

    private async Task ParkAsync(PrivacyTask task, TaskStep step, VendorUnavailableException failure, CancellationToken cancellationToken)
    {
        var delay = failure.RetryAfter ?? Backoff(task.Failures);
        logger.Parked(failure.System, failure.Reason, task.Request, delay);
        var now = time.GetUtcNow();
        await store.ChangeAsync(task.Request, task.Id, known =>
            (failure.Uncertain && step is TaskStep.Send send ? known.Unanswered(send.Item, TimeSpan.Zero, now) : known).Parked(delay, now), cancellationToken);
        if (failure.NeedsPerson)
            await alerts.RaiseAsync(task.Request, task.Id, "needs-person", cancellationToken);
    }

    private async Task<bool> SaveAsync(PrivacyTask task, Func<PrivacyTask, PrivacyTask> change, CancellationToken cancellationToken)
    {
        var after = await store.ChangeAsync(task.Request, task.Id, change, cancellationToken);
        if (after is not null)
            await order.SettledAsync(after, cancellationToken);
        return after is not null;
    }

    private IReadOnlyList<Correction> WantedOf(PrivacyRequest request, PrivacyTask task, TaskItem item) => task.Action switch
    {
        TaskAction.OptOut => OptedOut,
        TaskAction.Redact => Redaction.Of(model.Systems[task.System], item.ObjectType, model),
        _ => request.Corrections,
    };

    private VendorErasure VendorOf(PrivacyTask task) => task.IsHub || !model.Systems.TryGetValue(task.System, out var system)
        ? new(SystemRole.Service, TimeSpan.Zero, TimeSpan.Zero)
        : VendorErasure.Of(system.Connector);

    private static TimeSpan Backoff(int failures)
    {
        var delay = TimeSpan.FromSeconds(30 * Math.Pow(2, Math.Min(failures, 10)));
        return delay > LongestPark ? LongestPark : delay;
    }
}
