using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Benchmarks.Job1;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Sqlite;
using StackHub.Sync;
using StackHub.Sync.Apply;

namespace StackHub.Benchmarks.Micro;

/// <summary>Many records on the embedded store: what a change costs among few and among many, and what a full read keeps in memory.</summary>
internal static class ScaleBenchmark
{
    private const int Page = 500;

    public static async Task<IReadOnlyList<Figure>> CostAsync(bool full)
    {
        var (few, many) = full ? (10_000, 1_000_000) : (1_000, 50_000);
        return await InAsync(async applier =>
        {
            await FillAsync(applier, 0, few);
            await EditsAsync(applier, few, 1); // warms up, or the few would pay for the compiler
            await EditsAsync(applier, few, 7);
            var among = await EditsAsync(applier, few, 13);
            await FillAsync(applier, few, many);
            var amongMany = await EditsAsync(applier, many, 19);
            return new[] { Figure.AtMost($"cost of a change among {many:N0} records / among {few:N0}", amongMany / among, 1.20, "") };
        });
    }

    public static Task<IReadOnlyList<Figure>> BackfillAsync(int records) => InAsync(async applier =>
    {
        var started = Stopwatch.GetTimestamp();
        await FillAsync(applier, 0, records / 2);
        var half = Environment.WorkingSet / 1048576.0;
        await FillAsync(applier, records / 2, records);
        var whole = Environment.WorkingSet / 1048576.0;
        return new[]
        {
            Figure.AtMost($"backfill of {records:N0} people, resident memory", whole, 300, "MB"),
            Figure.Only("  of it after half of them", $"{half:0} MB"),
            Figure.Only("  people a second", $"{records / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} /s"),
        };
    });

    private static async Task<IReadOnlyList<Figure>> InAsync(Func<ChangeApplier, Task<Figure[]>> run)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"stackhub-scale-{Environment.ProcessId}");
        var services = new ServiceCollection()
            .AddSqliteStore(folder)
            .AddSingleton(Job1Model.Model())
            .AddSingleton(new HubKeys(new byte[32]))
            .AddStackHub(new(SingleProcess: true) { Pump = false })
            .AddSingleton(new ConnectorSet([new SourceConnector()]))
            .BuildServiceProvider();
        try
        {
            return await run(services.GetRequiredService<ChangeApplier>());
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(ChangeApplier applier, int from, int to)
    {
        foreach (var page in Enumerable.Range(from, to - from).Chunk(Page))
            await applier.ApplyAsync(Job1Model.Source, [.. page.Select(number => Seen(number, "CTO", 0))], new(Lane.Bulk, Emit: false), CancellationToken.None);
    }

    /// <summary>Edits of records far apart, so that neither cache helps; milliseconds of processor time each, median of five rounds.</summary>
    private static async Task<double> EditsAsync(ChangeApplier applier, int records, int first)
    {
        var rounds = new List<double>();
        for (var round = first; round < first + 6; round++)
        {
            var title = $"round {round}";
            var edits = Enumerable.Range(0, Page).Select(number => Seen((int)((long)number * records / Page), title, round)).ToArray();
            var cpu = Environment.CpuUsage.TotalTime;
            await applier.ApplyAsync(Job1Model.Source, edits, new(Lane.Interactive, Emit: true), CancellationToken.None);
            if (round > first)
                rounds.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Page);
        }
        return Figure.Median(rounds);
    }

    private static Change.Seen Seen(int number, string title, int second)
    {
        var email = $"person{number}@company{number % 5_000}.com";
        return new(new(new(Job1Model.Source, "contacts", email), DateTimeOffset.FromUnixTimeSeconds(1_760_000_000 + second), new Dictionary<string, ExternalValue>
        {
            ["email"] = new(email),
            ["firstname"] = new($"Ada{number}"),
            ["lastname"] = new($"Lovelace{number}"),
            ["company"] = new($"Acme {number % 500}"),
            ["jobtitle"] = new(title),
        })
        { Complete = true });
    }
}
