using System.Buffers.Text;
using StackHub.Sqlite.Engine;
using StackHub.Sqlite.Tables;
using StackHub.Storage;

namespace StackHub.Sqlite;

/// <summary>Azure Table Storage's semantics on the embedded store. A table exists from its first write; its name has no case, as on Azure.</summary>
public sealed class SqliteTables(SqliteDatabase database) : ITableStore
{
    /// <summary>A page ends early here, so that a thousand large rows do not fill the memory.</summary>
    private const int MaxPageBytes = 4 * 1024 * 1024;

    private static readonly Query FindTable = new("SELECT id FROM tables WHERE name = ?");
    private static readonly Query CreateTable = new("INSERT INTO tables (name) VALUES (?) ON CONFLICT DO NOTHING");
    private static readonly Query GetRow = new("SELECT etag, v FROM rows WHERE k = ?");
    private static readonly Query GetRange = new("SELECT k, etag, v FROM rows WHERE k >= ? AND k < ? ORDER BY k");

    private readonly Names tables = new(database, FindTable, CreateTable, StringComparer.OrdinalIgnoreCase);

    public Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TableLimits.CheckTable(table);
        TableLimits.CheckKey(partition);
        TableLimits.CheckKey(row);
        return Task.FromResult(tables.TryFind(table, out var id) ? database.Read((id, partition, row), Get) : null);
    }

    public Task<TableWrite> WriteAsync(string table, TableAction action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TableLimits.CheckTable(table);
        TableLimits.Check(action);
        return tables.TryFind(table, out var id) ? Write(id) : CreateThenWrite();

        Task<TableWrite> Write(int id) => database.WriteAsync(RowWrite.Of(id, action), Rows.Apply);

        async Task<TableWrite> CreateThenWrite() => await Write(await tables.CreateAsync(table));
    }

    public async Task<TableBatch> WriteAllAsync(string table, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TableLimits.CheckTable(table);
        TableLimits.CheckBatch(actions);
        if (!tables.TryFind(table, out var id))
            id = await tables.CreateAsync(table);
        var writes = new RowWrite[actions.Count];
        for (var i = 0; i < writes.Length; i++)
            writes[i] = RowWrite.Of(id, actions[i]);
        return await database.WriteAsync(writes, Rows.ApplyAll);
    }

    public Task<TablePage> QueryAsync(string table, TableRange range, int take, string? continuation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TableLimits.CheckTable(table);
        TableLimits.CheckTake(take);
        if (!tables.TryFind(table, out var id))
            return Task.FromResult(new TablePage([], null));
        var (from, to) = RowKey.Bounds(id, range);
        if (continuation is not null)
            from = RowKey.Behind(Base64Url.DecodeFromChars(continuation));
        return Task.FromResult(database.Read((from, to, take), Page));
    }

    private static TableRow? Get(Connection connection, (int Table, string Partition, string Row) place)
    {
        Span<byte> key = stackalloc byte[RowKey.MaxBytes];
        using var run = connection.Start(GetRow);
        run.Bind(1, key[..RowKey.Write(place.Table, place.Partition, place.Row, key)]);
        return run.Step() ? new TableRow(place.Partition, place.Row, RowValues.Read(run.Bytes(1))) { ETag = RowETag.Of(run.Long(0)) } : null;
    }

    private static TablePage Page(Connection connection, (byte[] From, byte[] To, int Take) range)
    {
        using var run = connection.Start(GetRange);
        run.Bind(1, range.From);
        run.Bind(2, range.To);
        var rows = new List<TableRow>();
        var bytes = 0;
        byte[] last = [];
        while (run.Step())
        {
            if (rows.Count == range.Take || bytes > MaxPageBytes)
                return new TablePage(rows, Base64Url.EncodeToString(last));
            var key = run.Bytes(0);
            var value = run.Bytes(2);
            var (partition, row) = RowKey.Read(key);
            rows.Add(new TableRow(partition, row, RowValues.Read(value)) { ETag = RowETag.Of(run.Long(1)) });
            bytes += value.Length;
            if (rows.Count == range.Take || bytes > MaxPageBytes)
                last = key.ToArray();
        }
        return new TablePage(rows, null);
    }
}
