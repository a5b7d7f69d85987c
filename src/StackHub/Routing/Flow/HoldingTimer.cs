using StackHub.Routing.Ledger;
using StackHub.Routing.Signals;
using StackHub.Triggers;

namespace StackHub.Routing.Flow;

/// <summary>Tries those who wait again, pool by pool, and tells whoever wants to know what became of it.</summary>
public sealed class HoldingTimer(RoutingDesk desk, RoutingLedger ledger, CapacityWatch capacity, SignalSender signals) : ITimerHandler
{
    /// <summary>A tick's share of a pool; the next tick goes on.</summary>
    private const int LeadsATick = 500;

    public string Name => TriggerTable.Holding.Name;

    public TimeSpan Every => TriggerTable.Holding.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in await ledger.WaitingPoolsAsync(cancellationToken))
        {
            await desk.ReleaseHeldAsync(pool, LeadsATick, cancellationToken);
            await capacity.LookedAsync(pool, cancellationToken);
        }

        await signals.SendDueAsync(cancellationToken);
    }
}
