using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle;

/// <summary>
/// When rules, or words of systems, change, every record is looked at again: what nobody had mapped is applied then. So it is when a score
/// rule comes into force. Cut off, it begins again.
/// </summary>
public sealed class LifecycleReplay(HubModel model, RecordStore records, ITableStore tables, IMessageQueue queue, TimeProvider time, ILogger<LifecycleReplay> logger)
{
    private const string Partition = "plan";
    private const string Row = "looked-at";
    private const int PageSize = 500;

    public async Task RunIfChangedAsync(CancellationToken cancellationToken)
    {
        var version = VersionNow();
        if ((await tables.GetAsync(Tables.Lifecycle, Partition, Row, cancellationToken))?.Text("Version") == version)
            return;
        logger.Replayed(await RunAsync(cancellationToken));
        await tables.UpsertAsync(Tables.Lifecycle, new(Partition, Row, new Dictionary<string, object> { ["Version"] = version }), cancellationToken);
    }

    private async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var told = 0L;
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            var living = page.Where(record => record.MergedInto is null && record.Kind != RecordKind.Account).Select(record => record.Id.ToString()).ToArray();
            if (living.Length > 0)
                await queue.SendAsync(Queues.Lifecycle, FlowSignals.Body(living, null), TimeSpan.Zero, cancellationToken);
            told += living.Length;
        }
        while (next is not null);
        return told;
    }

    private string VersionNow()
    {
        var now = time.GetUtcNow();
        return $"{model.Lifecycle!.Version}|{model.Lifecycle.Score.All.LastOrDefault(rule => rule.From <= now)?.Version}";
    }
}
