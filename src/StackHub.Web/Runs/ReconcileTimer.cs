using StackHub.Triggers;

namespace StackHub.Web.Runs;

/// <summary>
/// Starts the nightly runs, as an operator would: what differs is enqueued again, and what may not have been matched is matched. One that
/// is still under way is left to go on.
/// </summary>
internal sealed class ReconcileTimer(Runner runner) : ITimerHandler
{
    private const string By = "schedule";

    public string Name => TriggerTable.Reconcile.Name;

    public TimeSpan Every => TriggerTable.Reconcile.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await runner.StartAsync(RunKind.Reconcile, null, restart: false, By, cancellationToken);
        await runner.StartAsync(RunKind.Rematch, null, restart: false, By, cancellationToken);
    }
}
