using System.Diagnostics;
using System.Net;
using StackHub.Cli.Demo;
using StackHub.Cloud;
using StackHub.Sandbox;
using StackHub.Testing.Azurite;
using StackHub.Testing.FunctionsHost;

namespace StackHub.Benchmarks.Azure;

/// <summary>
/// The published Functions app under the fake Functions host, on Azurite: from the start of its process to the first 200 that the world
/// gets through the host. Published with ReadyToRun, as it is deployed, and without.
/// </summary>
internal static class ColdStartBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync(int runs)
    {
        using var late = new CancellationTokenSource(Patience * 2);
        await using var azurite = new AzuriteServer();
        await azurite.InitializeAsync();
        await using var sandbox = await SandboxServer.StartAsync(new() { People = 1 }, late.Token);
        var folder = Directory.CreateTempSubdirectory("stackhub-cold-start-");
        try
        {
            var (compiled, plain) = (await PublishAsync(folder, readyToRun: true, late.Token), await PublishAsync(folder, readyToRun: false, late.Token));
            var times = new List<(double Compiled, double Plain)>();
            for (var run = 0; run <= runs; run++)
                times.Add((await StartAsync(compiled, azurite, sandbox, late.Token), await StartAsync(plain, azurite, sandbox, late.Token)));
            times.RemoveAt(0); // the first reads the files from the disk
            var (first, second) = (Figure.Median(times.Select(time => time.Compiled)), Figure.Median(times.Select(time => time.Plain)));
            return
            [
                Figure.AtMost("Functions app, start of its process to the first 200 through the host", first, 1.0, "s"),
                Figure.Only("  without ReadyToRun / with", $"{second / first:0.00}"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> StartAsync(string app, AzuriteServer azurite, SandboxServer sandbox, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        var config = Path.Combine(app, "stackhub.yaml");
        await File.WriteAllTextAsync(config, DemoConfiguration.For(sandbox, address), cancellationToken);
        var account = azurite.EmptyAccount();
        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = account,
            [CloudSettings.Storage] = account,
            [CloudSettings.Configuration] = config,
            [CloudSettings.HubKey] = Convert.ToBase64String(new byte[32]),
        };
        using var http = new HttpClient { BaseAddress = address };
        var started = Stopwatch.GetTimestamp();
        await using var host = await FakeFunctionsHost.StartAsync(new(app, settings), address, cancellationToken);
        using var answer = await http.GetAsync("healthz", cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return answer.StatusCode == HttpStatusCode.OK ? seconds : throw new InvalidOperationException($"The app answered {(int)answer.StatusCode}.\n{host.Log}");
    }

    private static async Task<string> PublishAsync(DirectoryInfo folder, bool readyToRun, CancellationToken cancellationToken)
    {
        var output = folder.CreateSubdirectory(readyToRun ? "compiled" : "plain").FullName;
        using var publish = Process.Start(new ProcessStartInfo("dotnet",
        [
            "publish", Path.Combine(Root(), "src", "StackHub.Functions"), "-c", "Release", "-r", "linux-x64", "--self-contained",
            $"-p:PublishReadyToRun={(readyToRun ? "true" : "false")}", "-v", "q", "--nologo", "-o", output,
        ]) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync(cancellationToken);
        await publish.WaitForExitAsync(cancellationToken);
        return publish.ExitCode == 0 ? output : throw new InvalidOperationException($"The Functions app could not be published:\n{said}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StackHub.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
