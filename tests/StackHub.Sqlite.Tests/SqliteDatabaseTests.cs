using Microsoft.Extensions.DependencyInjection;
using StackHub.Sqlite.Engine;
using StackHub.Storage;

namespace StackHub.Sqlite.Tests;

public sealed class SqliteDatabaseTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFolder folder = new();

    [Fact]
    public async Task An_operation_that_throws_does_not_spoil_its_neighbours()
    {
        var database = await folder.OpenAsync();
        var tables = new SqliteTables(database);
        await tables.WriteAsync("rows", new TableAction.Insert(Row("first")), None);
        var culprits = new List<Task>();

        var neighbours = Enumerable.Range(0, 200).Select(i =>
        {
            if (i % 50 == 25)
                culprits.Add(database.WriteAsync(i, Fail));
            return tables.WriteAsync("rows", new TableAction.Insert(Row($"{i}")), None);
        }).ToList();

        Assert.All(await Task.WhenAll(neighbours), write => Assert.True(write.Done));
        foreach (var culprit in culprits)
            await Assert.ThrowsAsync<InvalidOperationException>(() => culprit);
        var page = await tables.QueryAsync("rows", TableRange.All, TableLimits.MaxTake, null, None);
        Assert.Equal(201, page.Rows.Count);
        Assert.Equal(201, page.Rows.Select(row => row.ETag).Distinct().Count());

        static bool Fail(Writer writer, int i)
        {
            Tables.Rows.Apply(writer, Tables.RowWrite.Of(1, new TableAction.Upsert(Row("half"))));
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public async Task Everything_is_there_after_reopening()
    {
        await using (var before = await folder.OpenAsync())
        {
            await new SqliteTables(before).WriteAsync("rows", new TableAction.Insert(Row("a")), None);
            await new SqliteQueue(before).SendAsync("work", "a", TimeSpan.Zero, None);
            await new SqliteBlobs(before).PutAsync("a", new byte[] { 1 }, None);
        }

        var after = await folder.OpenAsync();

        Assert.NotNull(await new SqliteTables(after).GetAsync("rows", "p", "a", None));
        Assert.Equal(1, await new SqliteQueue(after).CountAsync("work", None));
        Assert.NotNull(await new SqliteBlobs(after).GetAsync("a", None));
    }

    [Fact]
    public async Task A_receipt_is_valid_after_reopening()
    {
        QueueMessage message;
        await using (var before = await folder.OpenAsync())
        {
            await new SqliteQueue(before).SendAsync("work", "a", TimeSpan.Zero, None);
            message = Assert.Single(await new SqliteQueue(before).ReceiveAsync("work", 1, TimeSpan.FromMinutes(1), None));
        }

        Assert.True(await new SqliteQueue(await folder.OpenAsync()).DeleteAsync(message, None));
    }

    [Fact]
    public async Task The_log_stays_bounded_under_steady_writes_and_reads()
    {
        var options = SqliteFolder.Fast with { LogKilobytes = 1_024 };
        var database = await folder.OpenAsync(options, TimeProvider.System);
        var tables = new SqliteTables(database);
        var log = new FileInfo(database.Path + "-wal");
        var text = new string('x', 3_000);

        var longest = 0L;
        for (var i = 0; i < 100; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(n => tables.WriteAsync("rows", new TableAction.Upsert(Row($"{n}", text)), None)));
            await tables.QueryAsync("rows", TableRange.All, 100, null, None);
            log.Refresh();
            longest = Math.Max(longest, log.Length);
        }

        Assert.InRange(longest, 1, 8 * 1_024 * 1_024); // 40 MB were written
    }

    [Fact]
    public async Task A_store_of_a_newer_format_is_left_alone()
    {
        await using (var database = await folder.OpenAsync())
        {
            await database.WriteAsync(0, static (writer, _) =>
            {
                writer.Connection.Execute("PRAGMA user_version = 99");
                return true;
            });
        }

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => folder.OpenAsync());

        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_store_takes_no_writes_and_no_reads()
    {
        var database = await folder.OpenAsync();
        var tables = new SqliteTables(database);
        await tables.WriteAsync("rows", new TableAction.Insert(Row("a")), None);

        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => tables.WriteAsync("rows", new TableAction.Insert(Row("b")), None));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => tables.GetAsync("rows", "p", "a", None));
    }

    [Fact]
    public async Task What_was_waiting_when_the_store_closes_is_written()
    {
        var database = await folder.OpenAsync();
        var tables = new SqliteTables(database);
        await tables.WriteAsync("rows", new TableAction.Insert(Row("first")), None);
        var writes = Enumerable.Range(0, 100).Select(i => tables.WriteAsync("rows", new TableAction.Insert(Row($"{i}")), None)).ToList();

        await database.DisposeAsync();

        Assert.All(await Task.WhenAll(writes), write => Assert.True(write.Done));
    }

    [Fact]
    public async Task The_registration_offers_all_three_ports_on_one_file()
    {
        var services = new ServiceCollection().AddSqliteStore(folder.Path, SqliteFolder.Fast);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<ITableStore>().WriteAsync("rows", new TableAction.Insert(Row("a")), None);
        await provider.GetRequiredService<IMessageQueue>().SendAsync("work", "a", TimeSpan.Zero, None);
        await provider.GetRequiredService<IBlobStore>().PutAsync("a", new byte[] { 1 }, None);

        Assert.True(File.Exists(Path.Combine(folder.Path, SqliteDatabase.FileName)));
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    private static TableRow Row(string row, string text = "") => new("p", row, new Dictionary<string, object> { ["text"] = text });
}
