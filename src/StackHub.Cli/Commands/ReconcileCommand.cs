using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Demo;
using StackHub.Sync.Runs;

namespace StackHub.Cli.Commands;

/// <summary>Computes all differences again and enqueues them.</summary>
internal static class ReconcileCommand
{
    public static Command Make(CommandRunner runner) =>
        new HubCommand("reconcile", "Compute the differences of all records again and put what should be written into the outbox.", "stackhub reconcile")
            .Runs(runner, RunAsync);

    private static async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var progress = call.Screen.Progress();
        var report = await hub.Get<Reconcile>().RunAsync(new SyncProgress<ReconcileReport>(now => progress.Progress("Comparing", "records", now.Records, null)), cancellationToken);
        progress.PhaseDone();
        if (call.Screen.Json)
            call.Screen.Result(report);
        call.Screen.Say($"{report.Records:N0} records compared, {report.Enqueued:N0} writes enqueued. A serving hub sends them, or the next 'stackhub sync'.");
        return ExitCode.Fine;
    }
}
