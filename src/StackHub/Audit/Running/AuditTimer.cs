using StackHub.Audit.Drills;
using StackHub.Audit.Notices;
using StackHub.Triggers;

namespace StackHub.Audit.Running;

/// <summary>Looks every hour whether a run is due or was left, whether notices wait, and how far trial erasures are.</summary>
public sealed class AuditTimer(StackAudit audit, RunStore runs, NoticeSender sender, Trials trials, TimeProvider time) : ITimerHandler
{
    public static readonly TimeSpan Interval = TimeSpan.FromDays(7);

    public string Name => TriggerTable.Audit.Name;

    public TimeSpan Every => TriggerTable.Audit.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await trials.GoOnAsync(cancellationToken);
        if (await IsDueAsync(cancellationToken))
            await audit.RunAsync(cancellationToken);
        else
            await sender.SendAsync(cancellationToken);
    }

    private async Task<bool> IsDueAsync(CancellationToken cancellationToken) =>
        await runs.IsUnderWayAsync(cancellationToken)
        || await runs.ListAsync(cancellationToken) is not { Count: > 0 } all
        || time.GetUtcNow() - all[^1].At >= Interval;
}
