using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Benchmarks.Job1;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Sqlite;
using StackHub.Storage;
using StackHub.Sync;
using StackHub.Sync.Apply;
using StackHub.Testing.Storage;

namespace StackHub.Benchmarks.Micro;

/// <summary>Many records on the embedded store: what a change costs among few and among many, and what a full read keeps in memory.</summary>
internal static class ScaleBenchmark
{
    private const int Page = 500;

    /// <summary>
    /// Each side is a hub that was just started on a store of its size and edits records it has not met, drawn at random: no cache has
    /// any of them on either side.
    /// </summary>
    public static async Task<IReadOnlyList<Figure>> CostAsync(bool full)
    {
        var (few, many) = (10_000, full ? 1_000_000 : 100_000);
        await CostAmongAsync(few); // warms up, or the few would pay for the compiler
        var among = await CostAmongAsync(few);
        var amongMany = await CostAmongAsync(many);
        return
        [
            Figure.AtMost($"processor time of a change among {many:N0} records / among {few:N0}", amongMany.Milliseconds / among.Milliseconds, 1.20, ""),
            Figure.AtMost("  storage operations of it, likewise", amongMany.Operations / among.Operations, 1.20, ""),
            Figure.Only("  among the few, among the many", $"{among.Milliseconds:0.00}, {amongMany.Milliseconds:0.00} ms"),
        ];
    }

    public static Task<IReadOnlyList<Figure>> BackfillAsync(int records) => InFolderAsync(folder => InAsync<IReadOnlyList<Figure>>(folder, new OperationCounts(), async applier =>
    {
        var started = Stopwatch.GetTimestamp();
        await FillAsync(applier, 0, records / 2);
        var half = Environment.WorkingSet / 1048576.0;
        await FillAsync(applier, records / 2, records);
        var whole = Environment.WorkingSet / 1048576.0;
        return
        [
            Figure.AtMost($"backfill of {records:N0} people, resident memory", whole, 300, "MB"),
            Figure.Only("  of it after half of them", $"{half:0} MB"),
            Figure.Only("  people a second", $"{records / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} /s"),
        ];
    }));

    private static Task<(double Milliseconds, double Operations)> CostAmongAsync(int records) => InFolderAsync(async folder =>
    {
        var counts = new OperationCounts();
        await InAsync(folder, counts, async applier =>
        {
            await FillAsync(applier, 0, records);
            return true;
        });
        return await InAsync(folder, counts, applier => EditsAsync(applier, counts, records));
    });

    private static async Task<TResult> InFolderAsync<TResult>(Func<string, Task<TResult>> run)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"stackhub-scale-{Environment.ProcessId}");
        try
        {
            return await run(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<TResult> InAsync<TResult>(string folder, OperationCounts counts, Func<ChangeApplier, Task<TResult>> run)
    {
        await using var services = new ServiceCollection()
            .AddSqliteStore(folder)
            .AddSingleton<ITableStore>(provider => new CountingTableStore(new SqliteTables(provider.GetRequiredService<SqliteDatabase>()), counts))
            .AddSingleton(Job1Model.Model())
            .AddSingleton(new HubKeys(new byte[32]))
            .AddStackHub(new(SingleProcess: true) { Pump = false })
            .AddSingleton(new ConnectorSet([new SourceConnector()]))
            .BuildServiceProvider();
        return await run(services.GetRequiredService<ChangeApplier>());
    }

    private static async Task FillAsync(ChangeApplier applier, int from, int to)
    {
        foreach (var page in Enumerable.Range(from, to - from).Chunk(Page))
            await applier.ApplyAsync(Job1Model.Source, [.. page.Select(number => Seen(number, "CTO", 0))], new(Lane.Bulk, Emit: false), CancellationToken.None);
    }

    /// <summary>Each round edits other records; processor time and table operations of one change, medians of five rounds.</summary>
    private static async Task<(double Milliseconds, double Operations)> EditsAsync(ChangeApplier applier, OperationCounts counts, int records)
    {
        const int Rounds = 6;
        var drawn = new Random(records).GetItems(Enumerable.Range(0, records).ToArray(), 2 * Rounds * Page).Distinct().Take(Rounds * Page).Chunk(Page);
        var costs = new List<(double Milliseconds, double Operations)>();
        foreach (var (round, numbers) in drawn.Index())
        {
            var edits = numbers.Select(number => Seen(number, $"round {round}", round + 1)).ToArray();
            var (cpu, operations) = (Environment.CpuUsage.TotalTime, counts.Total);
            await applier.ApplyAsync(Job1Model.Source, edits, new(Lane.Interactive, Emit: true), CancellationToken.None);
            if (round > 0) // the first one opens files and connections
                costs.Add(((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / Page, (counts.Total - operations) / (double)Page));
        }
        return (Figure.Median(costs.Select(cost => cost.Milliseconds)), Figure.Median(costs.Select(cost => cost.Operations)));
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
