using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace StackHub.Sqlite.Engine;

/// <summary>One SQLite connection with its prepared statements; used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private const int PreparePersistent = 1;
    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE
    private const int CheckpointPassive = 0;
    private const int CheckpointRestart = 2;

    private readonly sqlite3 handle;
    private sqlite3_stmt?[] statements = new sqlite3_stmt?[64];

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => this.handle = handle;

    public int Changes => raw.sqlite3_changes(handle);

    public static Connection Open(string path, TimeSpan busyTimeout)
    {
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
            throw new SqliteFailedException(code, $"cannot open '{path}': {raw.sqlite3_errmsg(handle).utf8_to_string()}");
        _ = raw.sqlite3_extended_result_codes(handle, 1);
        var connection = new Connection(handle);
        // Else every statement with "LIMIT ?" is compiled again whenever the value is bound.
        connection.Check(raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _));
        connection.SetBusyTimeout(busyTimeout);
        return connection;
    }

    public void SetBusyTimeout(TimeSpan timeout) => Check(raw.sqlite3_busy_timeout(handle, (int)timeout.TotalMilliseconds));

    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>For statements that run once; <see cref="Start"/> keeps its statement.</summary>
    public long Scalar(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        using (statement)
            return raw.sqlite3_step(statement) == raw.SQLITE_ROW ? raw.sqlite3_column_int64(statement, 0) : 0;
    }

    public Run Start(Query query)
    {
        if (query.Place >= statements.Length)
            Array.Resize(ref statements, 2 * query.Place);
        return new Run(this, statements[query.Place] ??= Prepare(query));
    }

    /// <summary>Pages this connection has written to the log so far.</summary>
    public int LoggedPages()
    {
        Check(raw.sqlite3_db_status(handle, PagesWritten, out var pages, out _, 0));
        return pages;
    }

    /// <summary>Copies what can be copied without making anybody wait.</summary>
    public void CopyLog() => _ = raw.sqlite3_wal_checkpoint_v2(handle, "main", CheckpointPassive, out _, out _);

    /// <summary>Copies the rest and starts the log from its beginning; false when a reader elsewhere still needs it.</summary>
    public bool RestartLog() =>
        raw.sqlite3_wal_checkpoint_v2(handle, "main", CheckpointRestart, out _, out _) == raw.SQLITE_OK;

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            Throw(code);
    }

    [DoesNotReturn]
    public void Throw(int code) => throw new SqliteFailedException(code, raw.sqlite3_errmsg(handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in statements)
            statement?.Dispose();
        handle.Dispose();
    }

    private sqlite3_stmt Prepare(Query query)
    {
        Check(raw.sqlite3_prepare_v3(handle, query.Text, PreparePersistent, out var statement));
        return statement;
    }
}
