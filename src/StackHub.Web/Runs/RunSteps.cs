using System.Diagnostics;
using StackHub.Configuration;
using StackHub.Records;
using StackHub.Sync.Runs;

namespace StackHub.Web.Runs;

/// <summary>What each kind of run does, in order.</summary>
public sealed class RunSteps(HubModel model, Backfill backfill, Poll poll, Reconcile reconcile, Rematch rematch)
{
    /// <summary>Full reads begin again from here on.</summary>
    public async Task ForgetAsync(SystemId? system, CancellationToken cancellationToken)
    {
        foreach (var each in system is { } only ? [only] : model.Order)
            await backfill.ForgetAsync(each, cancellationToken);
    }

    internal async Task RunAsync(LiveRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<SystemId> systems = run.View.System is { } only ? [only] : model.Order;
        switch (run.View.Kind)
        {
            case RunKind.Backfill:
                await BackfillAsync(run, systems, cancellationToken);
                break;
            case RunKind.Poll:
                await PollAsync(run, systems, cancellationToken);
                break;
            case RunKind.Reconcile:
                await reconcile.RunAsync(run, run.View.Place, cancellationToken);
                break;
            case RunKind.Sync: // what was read in full is not read in full again
                await BackfillAsync(run, systems, cancellationToken);
                await PollAsync(run, systems, cancellationToken);
                await reconcile.RunAsync(run, run.View.Place, cancellationToken);
                break;
            case RunKind.Rematch:
                await rematch.RunAsync(cancellationToken);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task BackfillAsync(LiveRun run, IReadOnlyList<SystemId> systems, CancellationToken cancellationToken)
    {
        foreach (var system in systems)
            await backfill.RunAsync(system, restart: false, run, cancellationToken);
    }

    private async Task PollAsync(LiveRun run, IReadOnlyList<SystemId> systems, CancellationToken cancellationToken)
    {
        foreach (var system in systems)
            run.Polled(system.Name, await poll.RunAsync(system, cancellationToken));
    }
}
