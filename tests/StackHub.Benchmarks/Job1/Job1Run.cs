using System.Diagnostics;

namespace StackHub.Benchmarks.Job1;

/// <summary>JOB-1 from end to end. The hub is a process of its own; loader and sink share this one, so that latencies have one clock.</summary>
internal static class Job1Run
{
    /// <summary>Until the compiler has optimised what is hot.</summary>
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<Figure>> ThroughputAsync(int runs)
    {
        var results = new List<(double Rate, double Cpu, double Kilobytes, double Ack, double Peak, int Duplicates, int Lost)>();
        for (var run = 0; run < runs; run++)
        {
            await using var sink = await Sink.StartAsync();
            using var hub = await HubProcess.StartAsync();
            var (_, warmed) = await Loader.RunAsync(16, Warming, sign: false);
            await DrainedAsync(sink, warmed);
            var (before, cpu, allocated, started) = (sink.Delivered, hub.Cpu, await HubProcess.AllocatedAsync(), Stopwatch.GetTimestamp());
            var (taken, unique) = await Loader.RunAsync(16, TimeSpan.FromSeconds(8), sign: false);
            var acks = taken / Stopwatch.GetElapsedTime(started).TotalSeconds;
            await DrainedAsync(sink, warmed + unique);
            var delivered = sink.Delivered - before;
            results.Add((delivered / Stopwatch.GetElapsedTime(started, sink.LastAt).TotalSeconds, (hub.Cpu - cpu).TotalMilliseconds / taken, (await HubProcess.AllocatedAsync() - allocated) / 1024.0 / taken, acks, hub.PeakMegabytes, sink.Duplicates, unique - delivered));
        }
        return
        [
            Figure.AtLeast("JOB-1 contacts end to end", Figure.Median(results.Select(result => result.Rate)), 2_000, "/s"),
            Figure.AtMost("JOB-1 CPU of the hub a contact", Figure.Median(results.Select(result => result.Cpu)), 0.30, "ms"),
            Figure.Only("JOB-1 allocated a contact", $"{Figure.Median(results.Select(result => result.Kilobytes)):0.0} KB"),
            Figure.AtMost("JOB-1 resident memory, peak", Figure.Median(results.Select(result => result.Peak)), 200, "MB"),
            Figure.Only("JOB-1 webhooks taken meanwhile", $"{Figure.Median(results.Select(result => result.Ack)):N0} /s"),
            Figure.AtMost("JOB-1 written twice", results.Sum(result => result.Duplicates), 0, ""),
            Figure.AtMost("JOB-1 acknowledged and lost", results.Sum(result => result.Lost), 0, ""),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> LatencyAsync()
    {
        await using var sink = await Sink.StartAsync();
        using var hub = await HubProcess.StartAsync();
        var (_, warmed) = await Loader.RunAsync(8, Warming, sign: false);
        await DrainedAsync(sink, warmed);
        var (_, sent) = await Loader.RunAtAsync(100, TimeSpan.FromSeconds(10), sign: false);
        await DrainedAsync(sink, warmed + sent.Length);
        var ends = sent.Select(each => sink.ArrivedAt(each.Email) is { } at ? Stopwatch.GetElapsedTime(each.Due, at).TotalMilliseconds : double.PositiveInfinity).Order().ToArray();
        var (acks, _) = await Loader.RunAtAsync(1_000, TimeSpan.FromSeconds(8), sign: false);
        Array.Sort(acks);
        return
        [
            Figure.AtMost("JOB-1 end to end at 100/s, p50", ends[ends.Length / 2], 5, "ms"),
            Figure.AtMost("JOB-1 end to end at 100/s, p99", ends[ends.Length * 99 / 100], 25, "ms"),
            Figure.Only("JOB-1 acknowledged at 1,000/s, p50", $"{acks[acks.Length / 2]:0.0} ms"),
            Figure.AtMost("JOB-1 acknowledged at 1,000/s, p99", acks[acks.Length * 99 / 100], 10, "ms"),
        ];
    }

    /// <summary>Webhooks with a signature, verified and durably queued; nothing else runs in the hub.</summary>
    public static async Task<IReadOnlyList<Figure>> AcceptAsync(int runs)
    {
        using var hub = await HubProcess.StartAsync("--no-pump");
        await Loader.RunAsync(16, TimeSpan.FromSeconds(2), sign: true);
        var rates = new List<double>();
        for (var run = 0; run < runs; run++)
            rates.Add((await Loader.RunAsync(16, TimeSpan.FromSeconds(4), sign: true)).Taken / 4.0);
        return [Figure.AtLeast("webhook accept, verified and durable", Figure.Median(rates), 3_000, "/s")];
    }

    public static async Task<IReadOnlyList<Figure>> ColdStartAsync(int runs, string? readyToRun)
    {
        var figures = new List<Figure>();
        foreach (var executable in readyToRun is null ? [null] : new[] { null, readyToRun })
        {
            var times = new List<double>();
            for (var run = 0; run < runs; run++)
            {
                using var hub = await HubProcess.StartAsync("", executable);
                times.Add(hub.Started.TotalSeconds);
            }
            figures.Add(executable is null
                ? Figure.Only("cold start to first answer, as built", $"{Figure.Median(times):0.00} s")
                : Figure.AtMost("cold start to first answer, ReadyToRun", Figure.Median(times), 1.0, "s"));
        }
        return figures;
    }

    /// <summary>Until everything has come; at most two minutes.</summary>
    private static async Task DrainedAsync(Sink sink, int expected)
    {
        for (var round = 0; sink.Delivered < expected && round < 2_400; round++)
            await Task.Delay(50);
    }
}
