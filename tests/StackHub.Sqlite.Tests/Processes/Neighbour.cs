using System.Globalization;
using StackHub.Storage;

namespace StackHub.Sqlite.Tests.Processes;

/// <summary>Works on the same file as the test: counts up, races for rows, sends messages.</summary>
internal static class Neighbour
{
    public const int Steps = 200;
    public const string Table = "shared";

    public static async Task<int> RunAsync(string folder)
    {
        await using var database = await SqliteDatabase.OpenAsync(folder, SqliteFolder.Fast, TimeProvider.System, CancellationToken.None);
        Console.WriteLine("ready");
        Console.ReadLine();
        await CountUpAsync(new SqliteTables(database));
        Console.WriteLine($"won {await RaceAsync(new SqliteTables(database))}");
        await new SqliteQueue(database).SendAsync("between", "hello", TimeSpan.Zero, CancellationToken.None);
        return 0;
    }

    public static async Task CountUpAsync(SqliteTables tables)
    {
        for (var done = 0; done < Steps;)
        {
            var row = await tables.GetAsync(Table, "counter", "c", CancellationToken.None);
            var next = new TableRow("counter", "c", new Dictionary<string, object> { ["v"] = (row?.Value<int>("v") ?? 0) + 1 });
            TableAction action = row is null ? new TableAction.Insert(next) : new TableAction.Replace(next, row.ETag!);
            if ((await tables.WriteAsync(Table, action, CancellationToken.None)).Done)
                done++;
        }
    }

    /// <summary>How many of the rows both processes try to insert were inserted here.</summary>
    public static async Task<int> RaceAsync(SqliteTables tables)
    {
        var won = 0;
        for (var i = 0; i < Steps; i++)
        {
            var row = new TableRow("race", i.ToString(CultureInfo.InvariantCulture), new Dictionary<string, object>());
            if ((await tables.WriteAsync(Table, new TableAction.Insert(row), CancellationToken.None)).Done)
                won++;
        }
        return won;
    }
}
