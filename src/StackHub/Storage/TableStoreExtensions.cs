using System.Runtime.CompilerServices;

namespace StackHub.Storage;

public static class TableStoreExtensions
{
    /// <summary>Every row of the range, page by page; an empty page does not end it.</summary>
    public static async IAsyncEnumerable<TableRow> RowsAsync(this ITableStore tables, string table, TableRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            var page = await tables.QueryAsync(table, range, TableLimits.MaxTake, continuation, cancellationToken);
            foreach (var row in page.Rows)
                yield return row;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    public static Task<TableWrite> UpsertAsync(this ITableStore tables, string table, TableRow row, CancellationToken cancellationToken) =>
        tables.WriteAsync(table, new TableAction.Upsert(row), cancellationToken);

    public static Task<TableWrite> InsertAsync(this ITableStore tables, string table, TableRow row, CancellationToken cancellationToken) =>
        tables.WriteAsync(table, new TableAction.Insert(row), cancellationToken);

    public static Task<TableWrite> DeleteAsync(this ITableStore tables, string table, string partition, string row, string? etag, CancellationToken cancellationToken) =>
        tables.WriteAsync(table, new TableAction.Delete(partition, row, etag), cancellationToken);
}
