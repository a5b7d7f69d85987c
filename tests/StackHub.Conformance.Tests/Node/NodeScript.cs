using System.Diagnostics;
using System.Text;

namespace StackHub.Conformance.Tests.Node;

/// <summary>Runs one script of the npm folder to its end, within a time.</summary>
internal sealed record NodeScript(string Name, params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IEnumerable<string> Input { get; init; } = [];

    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The lines it printed; throws with what it complained of when it ends badly or too late.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = NpmFolder.Require();
        using var process = Process.Start(StartInfo(folder))!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(late.Token);
            var complaints = process.StandardError.ReadToEndAsync(late.Token);
            await FeedAsync(process.StandardInput, late.Token);
            await process.WaitForExitAsync(late.Token);
            return process.ExitCode == 0 ? (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidOperationException($"{Name} ended with {process.ExitCode}: {await complaints}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} did not end within {Patience.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private ProcessStartInfo StartInfo(string folder)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(folder, Name), .. Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }

    private async Task FeedAsync(StreamWriter input, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var line in Input)
                await input.WriteLineAsync(line.AsMemory(), cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // The script ended before it read everything; its exit code and its complaint tell why.
        }
    }
}
