using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Suppression;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Runs;

public sealed record ReconcileReport(long Records, long Enqueued);

/// <summary>Computes the differences of all records again and enqueues what should be written; finishes merges that were cut off.</summary>
public sealed class Reconcile(RecordStore records, RecordMerger merger, Redirects redirects, SuppressionList suppression, Emitter emitter)
{
    private const int PageSize = 500;

    public async Task<ReconcileReport> RunAsync(IProgress<ReconcileReport>? progress, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var report = new ReconcileReport(0, 0);
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            var survivors = new HashSet<RecordId>();
            foreach (var merged in page.Where(record => record.MergedInto is not null))
                if (await merger.FinishAsync(merged, cancellationToken) is { } survivor)
                    survivors.Add(survivor);
            var enqueued = await emitter.EmitAsync(survivors.Union(page.Where(record => record.MergedInto is null).Select(record => record.Id)), Lane.Bulk, null, cancellationToken);
            report = new(report.Records + page.Count, report.Enqueued + enqueued);
            progress?.Report(report);
        }
        while (next is not null);
        return report;
    }
}
