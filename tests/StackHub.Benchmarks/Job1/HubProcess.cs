using System.Diagnostics;
using System.Globalization;

namespace StackHub.Benchmarks.Job1;

/// <summary>The hub of JOB-1 in a process of its own.</summary>
internal sealed class HubProcess : IDisposable
{
    public const int Port = 9207;
    private readonly Process process;

    private HubProcess(Process process) => this.process = process;

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public double Megabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    public double PeakMegabytes
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64 / 1048576.0;
        }
    }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan Started { get; private init; }

    /// <summary>Bytes its managed code has allocated so far.</summary>
    public static async Task<long> AllocatedAsync()
    {
        using var http = new HttpClient();
        return long.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}{Job1Hub.Allocated}")), CultureInfo.InvariantCulture);
    }

    public static async Task<HubProcess> StartAsync(string arguments = "", string? executable = null)
    {
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo(executable ?? Environment.ProcessPath!, $"job1 serve --port {Port} {arguments}") { RedirectStandardOutput = true })!;
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 2_000; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Port}/healthz"));
                if (answer.IsSuccessStatusCode)
                    return new(process) { Started = Stopwatch.GetElapsedTime(started) };
            }
            catch (HttpRequestException)
            {
                await Task.Delay(5);
            }
        }
        process.Kill();
        throw new InvalidOperationException("The hub did not start.");
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit(5_000);
        process.Dispose();
    }
}
