using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using StackHub.Audit.Gathering;
using StackHub.Audit.Measured;
using StackHub.Audit.Measuring;
using StackHub.Audit.Notices;
using StackHub.Leases;

namespace StackHub.Audit.Running;

/// <summary>Runs the audit: gather, check, save, tell. It can die between any two steps and be run again; each step then does the same.</summary>
public sealed class StackAudit(InventoryGatherer gatherer, FindingStore findings, RunStore runs, MeasuredStack measured, NoticeStore notices, NoticeSender sender, LeaseStore leases, AuditPlan plan, TimeProvider time, ILogger<StackAudit> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>One run at a time, of all processes: a second waits and then runs on what the first left.</summary>
    public async Task<AuditReport> RunAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await using var hold = await LeaseHold.TakeAsync(leases, "audit", Patience, time, cancellationToken);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
            return await RunAloneAsync(both.Token);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<AuditReport> RunAloneAsync(CancellationToken cancellationToken)
    {
        var run = await runs.BeginAsync(time.GetUtcNow(), cancellationToken);
        await gatherer.ImportAsync(cancellationToken);
        var view = new AuditView(await gatherer.GatherAsync(run.At, cancellationToken), plan.Settings);
        var after = await findings.MergeAsync([.. AuditChecks.Find(view)], run.At, view.Stack.Today, cancellationToken);
        run = Summary(run, view, after);
        await notices.AddAsync(run, after, cancellationToken);
        await measured.KeepAsync(run, view.Stack, cancellationToken);
        await runs.EndAsync(run, cancellationToken);
        logger.Ran(run.Id, run.Tools, run.Open.Sum(), run.New.Length, run.Gone.Length);
        await sender.SendAsync(cancellationToken);
        return AuditReport.Of(view, run, after);
    }

    /// <summary>What a run would say, with what is known of earlier findings; nothing is saved.</summary>
    public async Task<AuditReport> LookAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var view = new AuditView(await gatherer.GatherAsync(at, cancellationToken), plan.Settings);
        var after = FindingHistory.After(await findings.ListAsync(cancellationToken), AuditChecks.Find(view), at, view.Stack.Today);
        return AuditReport.Of(view, Summary(new("look", at), view, after), after);
    }

    /// <summary>The stack as it is known now, measured.</summary>
    public async Task<AuditView> ViewAsync(CancellationToken cancellationToken) => new(await gatherer.GatherAsync(time.GetUtcNow(), cancellationToken), plan.Settings);

    /// <summary>Takes a finding as it is, until a day; null when there is none of that id.</summary>
    public Task<Finding?> AcceptAsync(string id, NodaTime.LocalDate until, string? because, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return findings.ChangeAsync(id, finding => finding with { Status = FindingStatus.Accepted, AcceptedUntil = until, AcceptedBecause = because, ChangedAt = now }, cancellationToken);
    }

    private static AuditRun Summary(AuditRun run, AuditView view, ImmutableArray<Finding> after) => run with
    {
        Tools = view.Stack.Tools.Length,
        UsageRows = view.Stack.Usage.Rows,
        Open = [.. Enum.GetValues<Severity>().Select(severity => after.Count(finding => finding.Status == FindingStatus.Open && finding.Severity == severity))],
        Health = view.AllHealth.Average(health => health.Score),
        Waste = Wastes.Of(view).ToImmutableSortedDictionary(waste => waste.Currency, waste => waste.Total),
        New = [.. after.Where(finding => FindingHistory.IsNew(finding, run.At)).Select(finding => finding.Id)],
        Gone = [.. after.Where(finding => FindingHistory.IsGone(finding, run.At)).Select(finding => finding.Id)],
        Changed = [.. after.Where(finding => FindingHistory.IsChanged(finding, run.At)).Select(finding => finding.Id)],
    };
}
