using Microsoft.Extensions.Logging;
using StackHub.Privacy.Clocks;
using StackHub.Triggers;

namespace StackHub.Privacy.Tasks;

/// <summary>The safety net: wakes requests and tasks whose message was lost, and tells officers what is overdue. Safe to run at any time.</summary>
public sealed class PrivacyTimer(PrivacyStore store, TaskSignals signals, OfficerAlerts alerts, RequestClosing closing, LawBook laws, TimeProvider time, ILogger<PrivacyTimer> logger) : ITimerHandler
{
    /// <summary>Later than its message by this much, a task is woken once more.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    public string Name => TriggerTable.Privacy.Name;

    public TimeSpan Every => TriggerTable.Privacy.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await store.OpenAsync(cancellationToken))
            if (await store.FindAsync(id, cancellationToken) is { } request)
                await LookAsync(request, cancellationToken);
    }

    private async Task LookAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (request.State.IsOpen() && request.SafeDue(laws) is { } due && due <= now)
        {
            logger.Overdue(request.Id, due);
            await alerts.RaiseAsync(request.Id, "request", "overdue", cancellationToken);
        }
        if (request.State == PrivacyRequestState.Received && request.Due(laws).Any(one => UnverifiedRequest.Advise(one.Row, now, laws) == UnverifiedAdvice.OfferDenial))
            await alerts.RaiseAsync(request.Id, "request", "deny-unverified", cancellationToken);
        if (request.State is PrivacyRequestState.Verified or PrivacyRequestState.Approved or PrivacyRequestState.Complete)
            await signals.WakeAsync(request.Id, cancellationToken);
        if (RequestClosing.IsOver(request))
            await closing.CloseAsync(request, cancellationToken);
        if (!request.State.IsRunning())
            return;
        var tasks = await store.TasksAsync(request.Id, cancellationToken);
        if (RequestProgress.Of(tasks) != request.State)
            await signals.WakeAsync(request.Id, cancellationToken); // it did not follow them: who should have died
        foreach (var task in tasks)
            if (IsAsleep(task, now))
                await signals.WakeAsync(request.Id, task.Id, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>It could act, and no message says so any more.</summary>
    private static bool IsAsleep(PrivacyTask task, DateTimeOffset now) => task.Status switch
    {
        PrivacyTaskStatus.Manual or PrivacyTaskStatus.Failed => false,
        PrivacyTaskStatus.Done => task.Items.Any(item => item.Kept is { } kept && kept.Until <= now),
        _ => task.WakeAt is not { } wake || wake + Late <= now,
    };
}
