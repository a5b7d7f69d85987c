using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Sync.Outbox;

/// <summary>The outbox rows in the table store: partition = system and shard, row = lane, kind and record.</summary>
public sealed class OutboxStore(ITableStore tables, HubModel model, PushSignals signals) : IWaitingWrites
{
    private volatile bool hasTable;

    /// <summary>Makes the rows durable (one operation a hundred rows of a partition), then wakes the drainers.</summary>
    public Task EnqueueAsync(IEnumerable<OutboxRow> rows, CancellationToken cancellationToken) =>
        Task.WhenAll(rows.DistinctBy(row => (row.System, row.Row)).GroupBy(row => (row.System, row.Shard(model.Shards)))
            .Select(partition => EnqueueAsync(partition.Key, partition, cancellationToken)));

    /// <summary>A page of rows in order: people's edits first, accounts before people before opportunities.</summary>
    public async Task<(IReadOnlyList<OutboxRow> Rows, string? Continuation)> ReadAsync(SystemId system, int shard, int take, string? continuation, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Outbox, TableRange.In(OutboxRow.PartitionOf(system, shard)), take, continuation, cancellationToken);
        return ([.. page.Rows.Select(OutboxRow.Of)], page.Continuation);
    }

    /// <summary>Deletes rows as they were read; one that was enqueued again meanwhile stays.</summary>
    public async Task DeleteAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        foreach (var partition in rows.GroupBy(row => OutboxRow.PartitionOf(row.System, row.Shard(model.Shards))))
            foreach (var chunk in partition.Chunk(TableLimits.MaxBatch))
                await DeleteAsync(partition.Key, chunk, cancellationToken);
    }

    /// <summary>Puts a row off; nothing happens when it was enqueued again meanwhile.</summary>
    public Task PostponeAsync(OutboxRow row, DateTimeOffset due, CancellationToken cancellationToken) =>
        tables.WriteAsync(Tables.Outbox, new TableAction.Replace((row with { DueAt = due, Attempts = row.Attempts + 1 }).ToRow(model.Shards), row.ETag!), cancellationToken);

    public async Task<int> CountAsync(SystemId system, CancellationToken cancellationToken)
    {
        var count = 0;
        for (var shard = 0; shard < model.Shards; shard++)
            await foreach (var _ in tables.RowsAsync(Tables.Outbox, TableRange.In(OutboxRow.PartitionOf(system, shard)), cancellationToken))
                count++;
        return count;
    }

    private async Task EnqueueAsync((SystemId System, int Shard) partition, IEnumerable<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var chunks = rows.Chunk(TableLimits.MaxBatch).ToArray();
        foreach (var chunk in chunks[..^1])
            await UpsertAsync(chunk, cancellationToken);
        var last = UpsertAsync(chunks[^1], cancellationToken);
        if (!hasTable)
        {
            await last; // the first write makes the table, which takes a turn of its own
            hasTable = true;
        }
        await signals.WakeWithAsync(partition.System, partition.Shard, last, cancellationToken);
    }

    private async Task UpsertAsync(OutboxRow[] rows, CancellationToken cancellationToken)
    {
        if (rows is [var only])
            await tables.UpsertAsync(Tables.Outbox, only.ToRow(model.Shards), cancellationToken);
        else
            await tables.WriteAllAsync(Tables.Outbox, [.. rows.Select(row => new TableAction.Upsert(row.ToRow(model.Shards)))], cancellationToken);
    }

    private async Task DeleteAsync(string partition, OutboxRow[] rows, CancellationToken cancellationToken)
    {
        var actions = rows.Select(row => new TableAction.Delete(partition, row.Row, row.ETag)).ToArray<TableAction>();
        if (rows.Length > 1 && (await tables.WriteAllAsync(Tables.Outbox, actions, cancellationToken)).Done)
            return;
        foreach (var action in actions)
            await tables.WriteAsync(Tables.Outbox, action, cancellationToken);
    }
}
