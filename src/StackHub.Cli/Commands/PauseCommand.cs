using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Connecting;
using StackHub.Sync.Actions;

namespace StackHub.Cli.Commands;

/// <summary>Stops writing to a system; reading goes on.</summary>
internal static class PauseCommand
{
    private const int MaxReason = 200;

    public static Command Make(CommandRunner runner)
    {
        var system = Shared.SystemName();
        var reason = new Option<string>("--reason", "-r") { Description = "Why; whoever looks at the system reads it.", HelpName = "TEXT", DefaultValueFactory = _ => "paused by a person", Validators = { Checked } };
        return new HubCommand("pause", "Stop writing to a system; reading goes on and what would be written waits.", "stackhub pause hubspot --reason \"field cleanup until Friday\"")
            .With(system, reason)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(system), call.Value(reason), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string name, string reason, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var system = hub.System(name);
        await hub.Get<OperatorActions>().PauseAsync(system, reason, cancellationToken);
        var state = await hub.Get<SystemStates>().GetAsync(system, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(new SystemPause(system, state.Paused, state.PausedAt));
        call.Screen.Say($"{system} is paused: {state.Paused}. A serving hub stops within 5 s. 'stackhub resume {system}' goes on.");
        return ExitCode.Fine;
    }

    private static void Checked(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens is [var token] && (token.Value.Length is 0 or > MaxReason || token.Value.Any(char.IsControl)))
            result.AddError($"--reason is a line of 1 to {MaxReason} characters.");
    }
}
