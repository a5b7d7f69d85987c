using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Sync.Push;

namespace StackHub.Sync.Erasing;

/// <summary>Notes of writes that a process which ended had under way: a person's are taken out, the others stay.</summary>
public sealed class SentCopies(ITableStore tables) : ISubjectStore
{
    public string Name => "sent";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var records = subject.Records.ToHashSet();
        var erased = 0;
        await foreach (var row in tables.RowsAsync(Tables.Sent, TableRange.All, cancellationToken))
        {
            var (kept, removed) = SentNotes.Without(row, records);
            if (removed == 0)
                continue;
            await tables.WriteAsync(Tables.Sent, kept is null ? new TableAction.Delete(row.Partition, row.Row, row.ETag) : new TableAction.Replace(kept, row.ETag!), cancellationToken);
            erased += removed;
        }
        return erased;
    }
}
