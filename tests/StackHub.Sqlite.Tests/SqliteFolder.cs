using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests;

/// <summary>A store in a folder of its own that ends with its test.</summary>
public sealed class SqliteFolder : IAsyncDisposable
{
    private readonly List<SqliteDatabase> opened = [];

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), UniqueName.Of("stackhub-sqlite-"));

    public ManualTime Time { get; } = new();

    /// <summary>Without flushes, since these tests are about answers; the crash test has its own.</summary>
    public static SqliteOptions Fast { get; } = new() { Durability = Durability.ProcessCrash };

    public Task<SqliteDatabase> OpenAsync() => OpenAsync(Fast, Time);

    public async Task<SqliteDatabase> OpenAsync(SqliteOptions options, TimeProvider time)
    {
        var database = await SqliteDatabase.OpenAsync(Path, options, time, CancellationToken.None);
        opened.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in opened)
            await database.DisposeAsync();
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
