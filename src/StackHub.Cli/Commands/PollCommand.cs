using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Cli.Rounds;
using StackHub.Records;
using StackHub.Sync.Runs;

namespace StackHub.Cli.Commands;

/// <summary>What a change feed brought.</summary>
public sealed record PollResult(SystemId System, int Changes);

/// <summary>Reads the change feeds once.</summary>
internal static class PollCommand
{
    public static Command Make(CommandRunner runner)
    {
        var system = Shared.System();
        return new HubCommand("poll", "Read the change feeds once, from where they were read last.", "stackhub poll", "stackhub poll --system intercom")
            .With(system)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(system), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string? name, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        var results = new List<PollResult>();
        foreach (var system in hub.Systems(name))
        {
            if (await new ReadRound(hub, NoProgress.Instance).IsOpenAsync(system, cancellationToken))
                call.Screen.Warn($"{system} was never read in full, so its feed has no beginning. Run 'stackhub backfill --system {system}' first.");
            results.Add(new(system, await hub.Get<Poll>().ReadAsync(system, cancellationToken)));
            call.Screen.Say($"{system}: {results[^1].Changes:N0} changes");
        }
        await new QuietRound(hub).RunAsync(BackfillCommand.MatchPatience, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result<IReadOnlyList<PollResult>>(results);
        return ExitCode.Fine;
    }
}
