using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Sync.Actions;

namespace StackHub.Cli.Commands;

/// <summary>A person allows a system's first plan.</summary>
internal static class ApproveCommand
{
    public static Command Make(CommandRunner runner)
    {
        var system = Shared.SystemName();
        return new HubCommand("approve", "Approve a system's plan: from then on the hub writes to it.", "stackhub approve salesforce")
            .With(system)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(system), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string name, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var system = hub.System(name);
        if (await hub.Get<OperatorActions>().ApproveAsync(system, cancellationToken) is not { } count)
            return call.Screen.Fail($"{system} was never read in full, so it has no plan. Run 'stackhub backfill --system {system}' first, then look at 'stackhub plan'.", ExitCode.Problems);
        if (call.Screen.Json)
            call.Screen.Result(count);
        call.Screen.Say($"Approved {system}: create {count.Creates:N0}, update {count.Updates:N0} ({count.Overwrites:N0} values replaced). 'stackhub sync' or 'stackhub reconcile' writes it now; a serving hub writes each change as it comes.");
        return ExitCode.Fine;
    }
}
