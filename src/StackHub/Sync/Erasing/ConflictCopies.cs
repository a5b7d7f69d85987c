using StackHub.Storage;
using StackHub.Suppression;

namespace StackHub.Sync.Erasing;

/// <summary>Conflicts of a person's records: ids, and words about them.</summary>
public sealed class ConflictCopies(ITableStore tables) : ISubjectStore
{
    public string Name => "conflicts";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var records = subject.Records.Select(record => record.ToString()).ToHashSet(StringComparer.Ordinal);
        var erased = 0;
        await foreach (var row in tables.RowsAsync(Tables.Conflicts, TableRange.All, cancellationToken))
            if (records.Contains(row.Text("Record") ?? "") || records.Contains(row.Text("Other") ?? ""))
                erased += (await tables.DeleteAsync(Tables.Conflicts, row.Partition, row.Row, null, cancellationToken)).Done ? 1 : 0;
        return erased;
    }
}
