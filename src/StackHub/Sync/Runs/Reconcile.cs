using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Suppression;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Runs;

/// <param name="Next">Where to go on; null when it is over.</param>
public sealed record ReconcileReport(long Records, long Enqueued, string? Next = null);

/// <summary>Computes the differences of all records again and enqueues what should be written; finishes merges that were cut off.</summary>
public sealed class Reconcile(RecordStore records, RecordMerger merger, IdentityResolver identity, Redirects redirects, SuppressionList suppression, Emitter emitter)
{
    private const int PageSize = 500;

    public Task<ReconcileReport> RunAsync(IProgress<ReconcileReport>? progress, CancellationToken cancellationToken) => RunAsync(progress, null, cancellationToken);

    /// <param name="next">Where an interrupted run is to go on.</param>
    public async Task<ReconcileReport> RunAsync(IProgress<ReconcileReport>? progress, string? next, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var report = new ReconcileReport(0, 0);
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            var survivors = new HashSet<RecordId>();
            foreach (var record in page)
                if (await (record.MergedInto is null ? RejoinAsync(record, cancellationToken) : merger.FinishAsync(record, cancellationToken)) is { } survivor)
                    survivors.Add(survivor);
            var enqueued = await emitter.EmitAsync(survivors.Union(page.Where(record => record.MergedInto is null).Select(record => record.Id)), Lane.Bulk, null, cancellationToken);
            report = new(report.Records + page.Count, report.Enqueued + enqueued, next);
            progress?.Report(report);
        }
        while (next is not null);
        return report;
    }

    /// <summary>A vendor merged two of its records, and ours could not follow because the other one was only about to be stored.</summary>
    private async Task<RecordId?> RejoinAsync(HubRecord record, CancellationToken cancellationToken)
    {
        foreach (var link in record.Links)
            if (link.MovedTo is { } to && await identity.KnownAsync(to, cancellationToken) is { } owner && owner != record.Id)
                return await merger.MergeAsync(owner, record.Id, $"merged in {to.System}", cancellationToken);
        return null;
    }
}
