using StackHub.Benchmarks.Azure;
using StackHub.Benchmarks.Erasure;
using StackHub.Benchmarks.Job1;
using StackHub.Benchmarks.Micro;

namespace StackHub.Benchmarks;

/// <summary>Runs what was named, or everything, and prints one table.</summary>
internal static class Suite
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var options = Options.Of(args);
        var runs = options.Int("runs", 3);
        var all = new (string Name, Func<Task<IReadOnlyList<Figure>>> Run)[]
        {
            ("mapping", () => Task.FromResult(MappingBenchmark.Run(runs))),
            ("routing", () => Task.FromResult(RoutingBenchmark.Run(runs))),
            ("cost", CostBenchmark.RunAsync),
            ("audit", () => AuditBenchmark.RunAsync(options.Int("accounts", 1_000_000))),
            ("erasure", () => ErasureBenchmark.RunAsync(options.Int("requests", options.Has("long") ? 10_000 : 1_000))),
            ("scale", () => ScaleBenchmark.CostAsync(options.Has("long"))),
            ("backfill", () => ScaleBenchmark.BackfillAsync(options.Int("records", options.Has("long") ? 1_000_000 : 100_000))),
            ("start", () => Job1Run.ColdStartAsync(runs, options.Named.GetValueOrDefault("ready-to-run"))),
            ("cold-start", () => ColdStartBenchmark.RunAsync(runs)),
            ("accept", () => Job1Run.AcceptAsync(runs)),
            ("job1", () => Job1Run.ThroughputAsync(runs)),
            ("latency", Job1Run.LatencyAsync),
        };
        if (options.Words.Except(all.Select(each => each.Name)).ToArray() is { Length: > 0 } unknown)
        {
            Console.Error.WriteLine($"No benchmark '{unknown[0]}'. There are: {string.Join(", ", all.Select(each => each.Name))}. Or: job1 serve [--port N] [--data FOLDER] [--no-pump] [--relaxed].");
            return 2;
        }
        var figures = new List<Figure>();
        foreach (var (name, run) in all.Where(each => options.Words.Count == 0 || options.Words.Contains(each.Name)))
        {
            Console.Error.WriteLine($"{name} ...");
            figures.AddRange(await run());
        }
        Console.WriteLine(Figure.Table(figures));
        return 0;
    }
}
