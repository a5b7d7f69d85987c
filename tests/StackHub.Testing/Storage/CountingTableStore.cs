using StackHub.Storage;

namespace StackHub.Testing.Storage;

/// <summary>Counts "tables.get", "tables.write", "tables.batch" and "tables.query".</summary>
public sealed class CountingTableStore(ITableStore inner, OperationCounts counts) : ITableStore
{
    public CountingTableStore(ITableStore inner)
        : this(inner, new OperationCounts())
    {
    }

    public OperationCounts Counts => counts;

    public Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken)
    {
        counts.Add("tables.get");
        return inner.GetAsync(table, partition, row, cancellationToken);
    }

    public Task<TableWrite> WriteAsync(string table, TableAction action, CancellationToken cancellationToken)
    {
        counts.Add("tables.write");
        return inner.WriteAsync(table, action, cancellationToken);
    }

    public Task<TableBatch> WriteAllAsync(string table, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken)
    {
        counts.Add("tables.batch");
        return inner.WriteAllAsync(table, actions, cancellationToken);
    }

    public Task<TablePage> QueryAsync(string table, TableRange range, int take, string? continuation, CancellationToken cancellationToken)
    {
        counts.Add("tables.query");
        return inner.QueryAsync(table, range, take, continuation, cancellationToken);
    }
}
