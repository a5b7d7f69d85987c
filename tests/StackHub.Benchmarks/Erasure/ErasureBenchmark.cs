using System.Diagnostics;
using System.Globalization;

namespace StackHub.Benchmarks.Erasure;

/// <summary>Erasure requests through six vendors: a tenth of them first, so that memory can be seen not to grow with them.</summary>
internal static class ErasureBenchmark
{
    /// <summary>The least calls a person takes: those whose vendor erases people one by one, and asks after them one by one.</summary>
    private static readonly IReadOnlyDictionary<string, double> Goals = new Dictionary<string, double>
    {
        ["salesforce"] = 0.2,
        ["marketo"] = 0.2,
        ["hubspot"] = 1.3,
        ["klaviyo"] = 1.5,
        ["zendesk"] = 5,
        ["intercom"] = 6,
    };

    public static async Task<IReadOnlyList<Figure>> RunAsync(int requests)
    {
        var few = await RunOnceAsync(Math.Max(10, requests / 10));
        var many = await RunOnceAsync(requests);
        return
        [
            Figure.Only($"{requests:N0} erasure requests through six vendors", $"{many["seconds"]:N0} s, {many["cpu"] / requests * 1000:0.0} CPU-ms each"),
            Figure.AtMost("  most memory of the hub / with a tenth of the requests", many["memory-peak"] / few["memory-peak"], 1.2, $"({many["memory-peak"]:N0} / {few["memory-peak"]:N0} MB)"),
            .. Goals.Select(goal => Figure.AtMost($"  calls a request: {goal.Key}", many[$"calls-{goal.Key}"] / requests, goal.Value, "")),
            .. many.Where(one => one.Key.Contains('|', StringComparison.Ordinal)).Select(one => Figure.Only($"    {one.Key.Replace('|', ' ')}", $"{one.Value:N0}")),
        ];
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunOnceAsync(int people)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, $"erasure hub --people {people}") { RedirectStandardOutput = true })!;
        var said = new Dictionary<string, double>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Split(' ') is [var name, var value])
                said[name] = double.Parse(value, CultureInfo.InvariantCulture);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"The run with {people} people failed.");
    }
}
