using StackHub.Sqlite.Engine;
using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests.Processes;

public sealed class CrashTests : IAsyncDisposable
{
    private const int Rounds = 20;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFolder folder = new();
    private readonly Random random = new(20260302);
    private readonly HashSet<string> etags = [];

    [Fact]
    public async Task A_killed_process_loses_nothing_it_acknowledged_and_leaves_no_half_batch()
    {
        var acknowledged = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var lines = await RunUntilKilledAsync(round);

            await CheckAsync(lines);
            acknowledged += lines.Length;
        }
        Assert.True(acknowledged > 10 * Rounds, "The processes were killed before they wrote anything worth checking.");
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    private async Task<string[]> RunUntilKilledAsync(int round)
    {
        using var child = ChildProcess.Start("crash-writer", folder.Path, $"{round}");
        var first = await child.StandardOutput.ReadLineAsync(None);
        var rest = child.StandardOutput.ReadToEndAsync(None);
        await Task.Delay(random.Next(1, 250), None); // the moment is what is tested
        child.Kill();
        return [first!, .. ChildProcess.WholeLines(await rest)];
    }

    private async Task CheckAsync(string[] lines)
    {
        var later = new ManualTime(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(8));
        await using var database = await folder.OpenAsync(CrashWriter.Options, later);
        var said = lines.Select(line => line.Split(' ')).ToLookup(words => words[0], words => words[1..]);

        Assert.Equal("ok", database.Read(new Query("PRAGMA integrity_check"), static (connection, query) => First(connection, query)));
        await CheckRowsAsync(new SqliteTables(database), said);
        await CheckQueueAsync(new SqliteQueue(database), said);
    }

    private async Task CheckRowsAsync(SqliteTables tables, ILookup<string, string[]> said)
    {
        foreach (var words in said["row"])
        {
            var row = await tables.GetAsync("rows", words[0], words[1], None);
            Assert.Equal((words[1], words[2]), ($"{row?.Value<int>("v")}", row?.ETag));
            Assert.True(etags.Add(words[2]), "An ETag was given twice.");
        }
        foreach (var words in said["batch"])
            Assert.NotNull(await tables.GetAsync("batches", words[0], "0", None));
        Assert.All((await AllAsync(tables, "batches")).CountBy(row => row.Partition), batch => Assert.Equal(CrashWriter.BatchRows, batch.Value));
        var counted = said["counter"].Select(words => int.Parse(words[0])).DefaultIfEmpty().Max();
        Assert.True((await tables.GetAsync("counter", "c", "c", None))?.Value<int>("v") >= counted);
    }

    private static async Task CheckQueueAsync(SqliteQueue queue, ILookup<string, string[]> said)
    {
        var count = await queue.CountAsync("work", None);
        var left = await DrainAsync(queue);

        Assert.Equal(count, left.Count);
        Assert.Equal(left.Count, left.Distinct().Count());
        Assert.Empty(Words("sent").Except(Words("deleting")).Except(left));
        Assert.Empty(Words("deleted").Intersect(left));

        IEnumerable<string> Words(string verb) => said[verb].Select(words => words[0]);
    }

    private static async Task<List<string>> DrainAsync(SqliteQueue queue)
    {
        var bodies = new List<string>();
        while (await queue.ReceiveAsync("work", 32, TimeSpan.FromDays(1), None) is { Count: > 0 } messages)
            foreach (var message in messages)
            {
                bodies.Add(message.Body);
                Assert.True(await queue.DeleteAsync(message, None));
            }
        return bodies;
    }

    private static async Task<List<TableRow>> AllAsync(SqliteTables tables, string table)
    {
        var rows = new List<TableRow>();
        string? continuation = null;
        do
        {
            var page = await tables.QueryAsync(table, TableRange.All, TableLimits.MaxTake, continuation, None);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }

    private static string First(Connection connection, Query query)
    {
        using var run = connection.Start(query);
        return run.Step() ? run.Text(0) : "";
    }
}
