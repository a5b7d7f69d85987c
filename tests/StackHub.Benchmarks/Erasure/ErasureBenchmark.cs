using System.Diagnostics;
using System.Globalization;

namespace StackHub.Benchmarks.Erasure;

/// <summary>Erasure requests through six vendors: a tenth of them first, so that memory can be seen not to grow with them.</summary>
internal static class ErasureBenchmark
{
    /// <summary>
    /// The calls a person takes: a share of a batch; or one that erases them and three that read them absent, where a vendor takes people one
    /// by one. HubSpot and Klaviyo are asked for whoever is absent alone: a merged record goes on under another id.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, double> Goals = new Dictionary<string, double>
    {
        ["salesforce"] = 0.2,
        ["marketo"] = 0.2,
        ["hubspot"] = 4.5,
        ["klaviyo"] = 4.5,
        ["zendesk"] = 5,
        ["intercom"] = 6,
    };

    public static async Task<IReadOnlyList<Figure>> RunAsync(int requests)
    {
        // Both fill the memory for records, which is bounded: what is left to grow is what grows with requests.
        var least = Math.Max(10, requests / 10);
        var few = await RunOnceAsync(least, least);
        var many = await RunOnceAsync(requests, least);
        return
        [
            Figure.Only($"{requests:N0} erasure requests through six vendors", $"{many["seconds"]:N0} s, {many["cpu"] / requests * 1000:0.0} CPU-ms each"),
            Figure.AtMost("  most memory of the hub / with a tenth of the requests", many["memory-peak"] / few["memory-peak"], 1.2, $"({many["memory-peak"]:N0} / {few["memory-peak"]:N0} MB)"),
            .. Goals.Select(goal => Figure.AtMost($"  calls a request: {goal.Key}", many[$"calls-{goal.Key}"] / requests, goal.Value, "")),
            .. many.Where(one => one.Key.Contains('|', StringComparison.Ordinal)).Select(one => Figure.Only($"    {one.Key.Replace('|', ' ')}", $"{one.Value:N0}")),
        ];
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunOnceAsync(int people, int cached)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, $"erasure hub --people {people} --cached {cached}") { RedirectStandardOutput = true })!;
        var said = new Dictionary<string, double>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Split(' ') is [var name, var value])
                said[name] = double.Parse(value, CultureInfo.InvariantCulture);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"The run with {people} people failed.");
    }
}
