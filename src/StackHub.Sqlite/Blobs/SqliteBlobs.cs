using System.Runtime.CompilerServices;
using StackHub.Sqlite.Engine;
using StackHub.Sqlite.Tables;
using StackHub.Storage;

namespace StackHub.Sqlite;

/// <summary>Whole blobs in the embedded store.</summary>
public sealed class SqliteBlobs(SqliteDatabase database) : IBlobStore
{
    private const int ListPage = 500;

    private static readonly Query Put = new("INSERT INTO blobs (name, content) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content");
    private static readonly Query Get = new("SELECT content FROM blobs WHERE name = ?");
    private static readonly Query Delete = new("DELETE FROM blobs WHERE name = ?");
    private static readonly Query List = new("SELECT name FROM blobs WHERE name >= ? ORDER BY name LIMIT ?");

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BlobLimits.CheckName(name);
        BlobLimits.CheckContent(content);
        return database.WriteAsync((Name: KeyBytes.Of(name), Content: content), static (writer, blob) =>
        {
            using var run = writer.Connection.Start(Put);
            run.Bind(1, blob.Name);
            run.Bind(2, blob.Content.Span);
            return run.Step();
        });
    }

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BlobLimits.CheckName(name);
        return Task.FromResult(database.Read(KeyBytes.Of(name), static (connection, key) =>
        {
            using var run = connection.Start(Get);
            run.Bind(1, key);
            return run.Step() ? run.Bytes(0).ToArray() : null;
        }));
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BlobLimits.CheckName(name);
        return database.WriteAsync(KeyBytes.Of(name), static (writer, key) =>
        {
            using var run = writer.Connection.Start(Delete);
            run.Bind(1, key);
            return run.Change() == 1;
        });
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var from = KeyBytes.Of(prefix);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var names = database.Read(from, Names);
            foreach (var name in names)
            {
                if (!name.StartsWith(prefix, StringComparison.Ordinal))
                    yield break;
                yield return name;
            }
            if (names.Count < ListPage)
                yield break;
            from = RowKey.Behind(KeyBytes.Of(names[^1]));
        }
    }

    private static List<string> Names(Connection connection, byte[] from)
    {
        using var run = connection.Start(List);
        run.Bind(1, from);
        run.Bind(2, ListPage);
        var names = new List<string>();
        while (run.Step())
            names.Add(KeyBytes.Read(run.Bytes(0)));
        return names;
    }
}
