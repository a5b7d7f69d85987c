using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Measured;
using StackHub.Audit.Running;

namespace StackHub.Web.Audit;

/// <summary>
/// The newest report, for pages and the API: what its run measured, and findings and runs as they are now, since people decide about them.
/// Only a run measures.
/// </summary>
public sealed class AuditDesk(StackAudit audit, MeasuredStack measured, FindingStore findings, RunStore runs, AuditPlan plan, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private (string Run, AuditView View)? kept;

    public AuditSettings Settings => plan.Settings;

    /// <summary>Null when nothing was audited yet.</summary>
    public async Task<AuditModel?> ReadAsync(CancellationToken cancellationToken)
    {
        var all = await runs.ListAsync(cancellationToken);
        if (all.Count == 0)
            return null;
        var view = await ViewAsync(all[^1].Id, cancellationToken);
        var report = AuditReport.Of(view, all[^1], [.. FindingOrder.Of(await findings.ListAsync(cancellationToken))]);
        return AuditModel.Of(report, [.. all.Reverse()], plan.Settings, LocalDate.FromDateTime(time.GetUtcNow().UtcDateTime));
    }

    /// <summary>What the newest run measured; null when nothing was audited yet.</summary>
    public async Task<AuditView?> ViewAsync(CancellationToken cancellationToken) =>
        await runs.ListAsync(cancellationToken) is [.., var newest] ? await ViewAsync(newest.Id, cancellationToken) : null;

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
            if (kept is { } known && known.Run == run)
                return known.View;
            // A run of a version that kept nothing is measured once more.
            var view = await measured.FindAsync(run, cancellationToken) is { } stack ? new AuditView(stack, plan.Settings) : await audit.ViewAsync(cancellationToken);
            kept = (run, view);
            return view;
        }
        finally
        {
            gate.Release();
        }
    }
}
