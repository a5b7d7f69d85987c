using StackHub.Storage;

namespace StackHub.Sqlite.Tests.Processes;

/// <summary>Writes without end and says on stdout what was acknowledged, until it is killed.</summary>
internal sealed class CrashWriter(SqliteDatabase database, string round)
{
    public const int BatchRows = 10;

    private readonly SqliteTables tables = new(database);
    private readonly SqliteQueue queue = new(database);

    public static SqliteOptions Options { get; } = new() { Durability = Durability.ProcessCrash, LogKilobytes = 512 };

    public static async Task<int> RunAsync(string folder, string round)
    {
        await using var database = await SqliteDatabase.OpenAsync(folder, Options, TimeProvider.System, CancellationToken.None);
        var writer = new CrashWriter(database, round);
        await Task.WhenAll(
            [.. Enumerable.Range(0, 4).Select(worker => Task.Run(() => writer.WriteRowsAsync(worker))), Task.Run(writer.WriteBatchesAsync), Task.Run(writer.CountUpAsync), Task.Run(writer.SendAsync), Task.Run(writer.WorkAsync)]);
        return 0;
    }

    private static TableRow Row(string partition, string row, int value) =>
        new(partition, row, new Dictionary<string, object> { ["v"] = value, ["text"] = new string('x', value % 700) });

    private async Task WriteRowsAsync(int worker)
    {
        for (var i = 0; ; i++)
        {
            var write = await tables.WriteAsync("rows", new TableAction.Insert(Row($"{round}-{worker}", $"{i}", i)), CancellationToken.None);
            Console.WriteLine($"row {round}-{worker} {i} {write.ETag}");
        }
    }

    private async Task WriteBatchesAsync()
    {
        for (var i = 0; ; i++)
        {
            await tables.WriteAllAsync("batches", [.. Enumerable.Range(0, BatchRows).Select(n => new TableAction.Upsert(Row($"{round}-{i}", $"{n}", i)))], CancellationToken.None);
            Console.WriteLine($"batch {round}-{i}");
        }
    }

    private async Task CountUpAsync()
    {
        while (true)
        {
            var row = await tables.GetAsync("counter", "c", "c", CancellationToken.None);
            var next = Row("c", "c", (row?.Value<int>("v") ?? 0) + 1);
            await tables.WriteAsync("counter", row is null ? new TableAction.Insert(next) : new TableAction.Replace(next, row.ETag!), CancellationToken.None);
            Console.WriteLine($"counter {next.Value<int>("v")}");
        }
    }

    private async Task SendAsync()
    {
        for (var i = 0; ; i++)
        {
            await queue.SendAsync("work", $"{round}-{i}", TimeSpan.Zero, CancellationToken.None);
            Console.WriteLine($"sent {round}-{i}");
        }
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            await queue.WaitAsync("work", TimeSpan.FromSeconds(1), CancellationToken.None);
            foreach (var message in await queue.ReceiveAsync("work", 3, TimeSpan.FromMinutes(1), CancellationToken.None))
            {
                if (message.Body.EndsWith('7'))
                    continue; // some stay received and undeleted
                Console.WriteLine($"deleting {message.Body}");
                await queue.DeleteAsync(message, CancellationToken.None);
                Console.WriteLine($"deleted {message.Body}");
            }
        }
    }
}
