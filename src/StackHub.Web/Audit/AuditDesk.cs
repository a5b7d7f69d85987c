using StackHub.Audit;
using StackHub.Audit.Running;

namespace StackHub.Web.Audit;

/// <summary>
/// The newest report, for pages and the API. Findings and runs are read anew each time, since people decide about them; the stack behind
/// them is measured again after a run, and otherwise now and then, since that may take seconds.
/// </summary>
public sealed class AuditDesk(StackAudit audit, FindingStore findings, RunStore runs, AuditPlan plan, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim gate = new(1);
    private (string Run, DateTimeOffset At, AuditView View)? kept;

    public AuditSettings Settings => plan.Settings;

    /// <summary>Null when nothing was audited yet.</summary>
    public async Task<AuditModel?> ReadAsync(CancellationToken cancellationToken)
    {
        var all = await runs.ListAsync(cancellationToken);
        if (all.Count == 0)
            return null;
        var view = await ViewAsync(all[^1].Id, cancellationToken);
        var report = AuditReport.Of(view, all[^1], [.. FindingOrder.Of(await findings.ListAsync(cancellationToken))]);
        return AuditModel.Of(report, [.. all.Reverse()], plan.Settings);
    }

    public async Task<AuditRun> RunAsync(CancellationToken cancellationToken) => (await audit.RunAsync(cancellationToken)).Run;

    /// <summary>Takes an open finding as it is, until a day; null when there is none of that id.</summary>
    public async Task<Finding?> AcceptAsync(string id, Acceptance acceptance, CancellationToken cancellationToken) =>
        await audit.AcceptAsync(id, acceptance.Until, acceptance.Because, cancellationToken);

    /// <summary>Takes an acceptance back; null when there is no such finding, and nothing happens to one that was not accepted.</summary>
    public async Task<Finding?> ReopenAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await findings.ChangeAsync(id, finding => finding.Status != FindingStatus.Accepted ? finding : finding with { Status = FindingStatus.Open, AcceptedUntil = null, AcceptedBecause = null, ChangedAt = now }, cancellationToken);
    }

    public void Dispose() => gate.Dispose();

    private async Task<AuditView> ViewAsync(string run, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (kept is { } known && known.Run == run && now - known.At < Fresh)
                return known.View;
            var view = await audit.ViewAsync(cancellationToken);
            kept = (run, now, view);
            return view;
        }
        finally
        {
            gate.Release();
        }
    }
}
