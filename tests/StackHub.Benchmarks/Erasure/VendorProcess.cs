using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace StackHub.Benchmarks.Erasure;

/// <summary>The process of <see cref="ErasureVendors"/>, as the hub's side sees it.</summary>
internal sealed class VendorProcess : IDisposable
{
    private readonly Process process;

    private VendorProcess(Process process, string configuration) => (this.process, Configuration) = (process, configuration);

    public string Configuration { get; }

    /// <summary>Ready when everybody was made in every tool; the secrets are variables of this process then.</summary>
    public static async Task<VendorProcess> StartAsync(int people)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, $"erasure vendors --people {people}") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var (word, rest) = (line.Split(' ', 2)[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (word == "configuration")
                return new(process, Encoding.UTF8.GetString(Convert.FromBase64String(rest)));
            if (word == "set")
                Environment.SetEnvironmentVariable(rest.Split('=', 2)[0], rest.Split('=', 2)[1]);
        }
        throw new InvalidOperationException("The vendors did not start.");
    }

    /// <summary>Moves the vendors' clock, and says how often each operation was called so far.</summary>
    public async Task<IReadOnlyDictionary<(string Vendor, string Operation), long>> JumpAsync(TimeSpan by)
    {
        await process.StandardInput.WriteLineAsync($"jump {by.Ticks.ToString(CultureInfo.InvariantCulture)}");
        await process.StandardInput.FlushAsync();
        var calls = new Dictionary<(string, string), long>();
        while (await process.StandardOutput.ReadLineAsync() is { } line and not "end")
            if (line.Split(' ') is ["calls", var vendor, var operation, var count])
                calls[(vendor, operation)] = long.Parse(count, CultureInfo.InvariantCulture);
        return calls;
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
