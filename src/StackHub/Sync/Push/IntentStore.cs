using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Sync.Push;

/// <summary>Notes of creates that were sent to systems where sending twice would make two records.</summary>
public sealed class IntentStore(ITableStore tables)
{
    /// <summary>The records whose create was sent and not yet answered for.</summary>
    public async Task<HashSet<RecordId>> OpenAsync(SystemId system, CancellationToken cancellationToken)
    {
        var open = new HashSet<RecordId>();
        await foreach (var row in tables.RowsAsync(Tables.Intents, TableRange.In(system.Name), cancellationToken))
            open.Add(RecordId.Parse(row.Row));
        return open;
    }

    public Task NoteAsync(SystemId system, IEnumerable<RecordId> creates, CancellationToken cancellationToken) =>
        WriteAsync(creates.Select(id => new TableAction.Upsert(new(system.Name, id.ToString(), new Dictionary<string, object>()))), cancellationToken);

    public async Task CloseAsync(SystemId system, IEnumerable<RecordId> creates, CancellationToken cancellationToken)
    {
        foreach (var id in creates)
            await tables.DeleteAsync(Tables.Intents, system.Name, id.ToString(), null, cancellationToken);
    }

    private async Task WriteAsync(IEnumerable<TableAction> actions, CancellationToken cancellationToken)
    {
        foreach (var chunk in actions.Chunk(TableLimits.MaxBatch))
            await tables.WriteAllAsync(Tables.Intents, chunk, cancellationToken);
    }
}
