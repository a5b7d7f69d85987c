using StackHub.Sqlite.Engine;

namespace StackHub.Sqlite;

/// <summary>
/// One SQLite file that holds tables, queues and blobs. Writes of all callers are committed in groups by one thread; reads run on the
/// caller's thread. Several processes may open the same file.
/// </summary>
public sealed class SqliteDatabase : IDisposable, IAsyncDisposable
{
    public const string FileName = "stackhub.db";

    private readonly Readers readers;
    private readonly GroupCommit writes;
    private readonly Checkpoints checkpoints;
    private bool disposed;

    private SqliteDatabase(string path, SqliteOptions options, TimeProvider time)
    {
        Path = path;
        Options = options;
        Time = time;
        var writer = OpenWriter(path, options);
        checkpoints = new Checkpoints(OpenConnection(path, options, options.ReaderCacheKilobytes), options);
        writes = new GroupCommit(new Writer(writer), checkpoints, options);
        readers = new Readers(() => OpenConnection(path, options, options.ReaderCacheKilobytes));
    }

    public string Path { get; }

    internal SqliteOptions Options { get; }

    internal TimeProvider Time { get; }

    /// <summary>Opens or creates <see cref="FileName"/> in the folder <paramref name="dataFolder"/>.</summary>
    public static SqliteDatabase Open(string dataFolder, SqliteOptions options, TimeProvider time)
    {
        Directory.CreateDirectory(dataFolder);
        return new SqliteDatabase(System.IO.Path.Combine(dataFolder, FileName), options, time);
    }

    /// <summary>As <see cref="Open"/>, away from the caller's thread: another process may hold the file for a moment.</summary>
    public static Task<SqliteDatabase> OpenAsync(string dataFolder, SqliteOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        Task.Run(() => Open(dataFolder, options, time), cancellationToken);

    /// <summary>Writes what is waiting, then closes.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, true))
            return;
        writes.Dispose();
        checkpoints.Dispose();
        readers.Dispose();
    }

    public async ValueTask DisposeAsync() => await Task.Run(Dispose);

    internal Task<TResult> WriteAsync<TState, TResult>(TState state, Func<Writer, TState, TResult> work) =>
        writes.WriteAsync(state, work);

    internal TResult Read<TState, TResult>(TState state, Func<Connection, TState, TResult> work)
        where TState : allows ref struct => readers.Read(state, work);

    private static Connection OpenWriter(string path, SqliteOptions options)
    {
        var connection = OpenConnection(path, options, options.CacheKilobytes);
        Schema.Create(connection);
        connection.SetBusyTimeout(TimeSpan.Zero); // the writer thread has its own way to wait
        return connection;
    }

    private static Connection OpenConnection(string path, SqliteOptions options, int cacheKilobytes)
    {
        var connection = Connection.Open(path, options.BusyTimeout);
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute($"PRAGMA synchronous = {(options.Durability == Durability.PowerLoss ? "FULL" : "NORMAL")}");
        connection.Execute($"PRAGMA cache_size = -{cacheKilobytes}");
        connection.Execute("PRAGMA temp_store = MEMORY");
        connection.Execute("PRAGMA wal_autocheckpoint = 0");
        connection.Execute($"PRAGMA journal_size_limit = {2L * 1024 * options.LogKilobytes}");
        return connection;
    }
}
