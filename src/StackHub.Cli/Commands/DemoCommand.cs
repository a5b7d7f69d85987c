using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Demo;
using StackHub.Cli.Output;

namespace StackHub.Cli.Commands;

/// <summary>The whole story on this machine: three simulated tools with thousands of people, made the same and checked.</summary>
internal static class DemoCommand
{
    public static Command Make(CommandRunner runner)
    {
        var people = new Option<int>("--people") { Description = "How many people there are.", HelpName = "COUNT", DefaultValueFactory = _ => 5_000, Validators = { Shared.AtLeast(20, 200_000) } };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same people.", HelpName = "NUMBER", DefaultValueFactory = _ => 42 };
        var leads = new Option<bool>("--leads") { Description = "Also decide stages of people and route new leads; takes about a minute for 1,000 people." };
        var exit = new Option<bool>("--exit") { Description = "End after the report instead of serving until Ctrl-C." };
        var port = new Option<int?>("--port") { Description = "The hub's port; a free one unless it is given.", HelpName = "PORT", Validators = { Shared.AtLeast(1, 65_535) } };
        return new HubCommand("demo", "See it work: six simulated tools, synced and checked, nothing to set up.",
            "stackhub demo", "stackhub demo --people 500 --exit", "stackhub demo --people 500 --leads", "stackhub demo --json --exit | jq .passed")
            .With(people, seed, leads, exit, port)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(people), call.Value(seed), call.Value(leads), call.Value(port), call.Value(exit), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, int people, int seed, bool leads, int? port, bool exit, CancellationToken cancellationToken)
    {
        var folder = call.NamedDataFolder ?? Path.Combine(Path.GetTempPath(), $"stackhub-demo-{Environment.ProcessId}-{Environment.TickCount64}");
        try
        {
            return await RunAsync(call, people, seed, leads, port, exit, folder, cancellationToken);
        }
        finally
        {
            if (call.NamedDataFolder is null && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(Invocation call, int people, int seed, bool leads, int? port, bool exit, string folder, CancellationToken cancellationToken)
    {
        var progress = call.Screen.Progress();
        var (sandbox, hub) = await DemoRun.StartAsync(people, seed, leads, folder, port, progress, cancellationToken);
        await using var sandboxEnd = sandbox;
        await using var hubEnd = hub;
        var report = await new DemoRun(sandbox, hub, progress).RunAsync(cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(report);
        else
            await new DemoSummary(call.Screen, hub, report).ShowAsync(exit, cancellationToken);
        if (!exit)
            await Forever.UntilAsync(cancellationToken);
        return report.Passed ? ExitCode.Fine : ExitCode.Problems;
    }
}
