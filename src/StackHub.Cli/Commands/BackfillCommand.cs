using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Cli.Rounds;

namespace StackHub.Cli.Commands;

/// <summary>Reads systems in full, without writing anything anywhere.</summary>
internal static class BackfillCommand
{
    public static readonly TimeSpan MatchPatience = TimeSpan.FromMinutes(1);

    public static Command Make(CommandRunner runner)
    {
        var system = Shared.System();
        var restart = new Option<bool>("--restart") { Description = "Begin again instead of going on where an earlier run stopped." };
        return new HubCommand("backfill", "Read systems in full (writes nothing); goes on where an earlier run stopped.",
            "stackhub backfill", "stackhub backfill --system hubspot --restart")
            .With(system, restart)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(system), call.Value(restart), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string? system, bool restart, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        var results = await new ReadRound(hub, call.Screen.Progress()).RunAsync(hub.Systems(system), restart, cancellationToken);
        var matched = await new QuietRound(hub).RunAsync(MatchPatience, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(results);
        else
            call.Screen.Show(SyncTables.Of(results));
        if (!matched)
            call.Screen.Warn("Some records still wait to be matched; 'stackhub serve' or 'stackhub sync' goes on with them.");
        call.Screen.Say("Nothing was written. Next: 'stackhub plan' shows what would be, 'stackhub sync --approve' writes it.");
        return ExitCode.Fine;
    }
}
