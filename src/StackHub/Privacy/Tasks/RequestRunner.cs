using StackHub.Flows;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Security;
using StackHub.Suppression;

namespace StackHub.Privacy.Tasks;

/// <summary>Takes a request from verified to planned, and from approved into its tasks; and lets it follow where they are.</summary>
public sealed class RequestRunner(PrivacyStore store, RequestPlanner planner, SuppressionList suppression, HoldStore holds, TaskSignals signals, PrivacyTrail trail, RequestReceipts receipts, RequestClosing closing, HubKeys keys, TimeProvider time)
{
    /// <summary>Other processes know of a tombstone after the list's refresh; a write under way then has ended.</summary>
    private static readonly TimeSpan Settles = SuppressionList.Refresh * 2;

    public async Task RunAsync(RequestId id, CancellationToken cancellationToken)
    {
        var request = await store.FindAsync(id, cancellationToken);
        if (request is { State: PrivacyRequestState.Verified } or { State: PrivacyRequestState.NeedsReview, Chosen.Count: > 0 } || IsOutdated(request))
        {
            await planner.PlanAsync(id, cancellationToken);
            request = await store.FindAsync(id, cancellationToken);
        }
        if (request is { State: PrivacyRequestState.Approved, Plan: { } plan })
            await BeginAsync(request, plan, cancellationToken);
    }

    /// <summary>What is to be put right was changed since it was planned.</summary>
    private bool IsOutdated(PrivacyRequest? request) =>
        request is { State: PrivacyRequestState.Planned, Plan: { } plan } && plan.Corrections != Correction.Hash(request.Corrections, keys);

    /// <summary>
    /// Tombstones, then the gate, then the tasks, then the state that lets them act: cut off anywhere, it is begun again and nothing was
    /// sent yet.
    /// </summary>
    private async Task BeginAsync(PrivacyRequest request, RequestPlan plan, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var erases = KindRules.Erases(request.Kind) && !plan.OptOutOnly && plan.Records.Count > 0;
        if (erases)
        {
            await suppression.AddAsync(plan.Tombstones, request.Id.ToString(), cancellationToken);
            await trail.NoteAsync(request.Id, "suppressed", $"{plan.Tombstones.Count} aliases", "suppressed", cancellationToken);
        }
        await store.AddAsync(request.Id, new RequestGate { Aliases = plan.Aliases }, cancellationToken);
        await holds.ApplyAsync(request.Id, plan.Aliases, cancellationToken);
        PrivacyTask[] tasks = [.. plan.Systems.Select(system => TaskOf(request.Id, plan, system, erases ? now + Settles : null)), .. erases ? [HubTask(request.Id, plan)] : Array.Empty<PrivacyTask>()];
        foreach (var task in tasks)
            await store.AddAsync(task, cancellationToken);
        await store.MoveAsync(request.Id, known => known.State == PrivacyRequestState.Approved ? RequestMoves.Follow(known, PrivacyRequestState.InProgress, $"begun: {tasks.Length} tasks", now) : new MoveAnswer.Moved(known), cancellationToken);
        foreach (var task in tasks)
            await signals.WakeAsync(request.Id, task.Id, TimeSpan.Zero, cancellationToken);
    }

    private static PrivacyTask TaskOf(RequestId id, RequestPlan plan, PlanSystem system, DateTimeOffset? notBefore) => new(id, system.System, system.Action, system.Stage)
    {
        Status = system.Action == TaskAction.Manual ? PrivacyTaskStatus.Manual : PrivacyTaskStatus.Active,
        Reason = system.Action == TaskAction.Manual ? "by-hand" : null,
        Items = system.System == HubAuthor.System ? [new("request", id.ToString())] : [.. plan.Items.Where(item => item.System == system.System).Select(item => new TaskItem(item.ObjectType, item.Id) { NextAt = notBefore })],
    };

    /// <summary>The hub's own copies go last: until then they say where the person is.</summary>
    private static PrivacyTask HubTask(RequestId id, RequestPlan plan) =>
        new(id, HubAuthor.System, TaskAction.Erase, plan.Systems.Select(system => system.Stage).DefaultIfEmpty(-1).Max() + 1) { Items = [new("copies", id.ToString())] };

    /// <summary>Its state becomes what its tasks say. Complete, it forgets whom it was about.</summary>
    public async Task FollowAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request || !request.State.IsRunning())
            return;
        IReadOnlyList<PrivacyTask> tasks = [];
        var answer = await store.MoveAsync(id, (known, now) => known.State.IsRunning() ? Follow(known, RequestProgress.Of(tasks = now)) : new MoveAnswer.Moved(known), cancellationToken);
        if (answer is not MoveAnswer.Moved { Request.State: PrivacyRequestState.Complete })
            return;
        await trail.NoteAsync(id, "complete", RequestProgress.Words(tasks), $"complete-{tasks.Sum(task => task.Resurrections.Count)}", cancellationToken);
        if (KindRules.Erases(request.Kind))
            await RejectUnverifiedAsync(request, cancellationToken);
        await store.ShredAsync(id, cancellationToken);
        await receipts.CompleteAsync(id, request.State == PrivacyRequestState.Complete, cancellationToken);
        await receipts.ForgetSecretAsync(id, cancellationToken);
        await trail.CloseAsync(id, cancellationToken);
        if (tasks.All(task => task.Items.All(item => item.Kept is null)))
            await store.CloseAsync(id, cancellationToken);
    }

    private MoveAnswer Follow(PrivacyRequest request, PrivacyRequestState state)
    {
        var answer = RequestMoves.Follow(request, state, state.ToString().ToLowerInvariant(), time.GetUtcNow());
        return answer is MoveAnswer.Moved { Request: { State: PrivacyRequestState.Complete } complete } ? new MoveAnswer.Moved(RequestMoves.Forget(complete)) : answer;
    }

    /// <summary>Requests of the same kind that nobody ever verified would keep the address of somebody erased.</summary>
    private async Task RejectUnverifiedAsync(PrivacyRequest complete, CancellationToken cancellationToken)
    {
        foreach (var id in await store.WithAsync(complete.Plan?.Aliases ?? [], cancellationToken))
        {
            if (id == complete.Id)
                continue;
            await store.MoveAsync(id, known => known.Kind == complete.Kind && known.State == PrivacyRequestState.Received
                ? RequestMoves.Reject(known, "hub", $"never verified, and request {complete.Id} did what it asks", time.GetUtcNow())
                : new MoveAnswer.Moved(known), cancellationToken);
            if (await store.FindAsync(id, cancellationToken) is { State: PrivacyRequestState.Rejected } rejected)
                await closing.CloseAsync(rejected, cancellationToken);
        }
    }
}
