using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Sync.Actions;

namespace StackHub.Cli.Commands;

/// <summary>Writes to a paused system again.</summary>
internal static class ResumeCommand
{
    public static Command Make(CommandRunner runner)
    {
        var system = Shared.SystemName();
        return new HubCommand("resume", "Write to a paused system again; what waits in its outbox is allowed once, beyond the fuse's limits.", "stackhub resume hubspot")
            .With(system)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(system), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string name, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var system = hub.System(name);
        await hub.Get<OperatorActions>().ResumeAsync(system, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(new SystemPause(system, null, null));
        call.Screen.Say($"{system} is written to again: by the serving hub, or by the next 'stackhub sync'.");
        return ExitCode.Fine;
    }
}
