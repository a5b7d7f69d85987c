namespace StackHub.Storage;

/// <summary>
/// Rows by table, partition key and row key, ordered by ordinal key, with ETags: the semantics of Azure Table Storage.
/// Table names have no case; one table's rows differ by the case of their keys. Expected refusals (exists, changed, missing) are answers; broken limits and broken storage throw.
/// </summary>
public interface ITableStore
{
    Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken);

    /// <summary>
    /// One row's write. An insert or a write of one version is never applied twice; an upsert, or a delete of any version, whose answer
    /// was lost may be made again. A write that throws may have been made: read the row.
    /// </summary>
    Task<TableWrite> WriteAsync(string table, TableAction action, CancellationToken cancellationToken);

    /// <summary>
    /// All of up to 100 actions in one partition, each row once, or none. When one refuses, <see cref="TableBatch.FailedAt"/> names it.
    /// </summary>
    Task<TableBatch> WriteAllAsync(string table, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken);

    /// <summary>
    /// A page of at most <paramref name="take"/> (1 to 1000) rows in key order. A page may be empty and still have a continuation;
    /// only a null continuation ends the range.
    /// </summary>
    Task<TablePage> QueryAsync(string table, TableRange range, int take, string? continuation, CancellationToken cancellationToken);
}
