using StackHub.Leases;

namespace StackHub.Triggers;

/// <summary>One tick of a timer under its lease, so that two processes do not run it at once.</summary>
public sealed class TimerTick(LeaseKeeper leases)
{
    public async Task RunAsync(ITimerHandler handler, CancellationToken cancellationToken)
    {
        var lease = $"timer-{handler.Name}";
        if (!await leases.HoldAsync(lease, cancellationToken))
            return;
        await handler.RunAsync(cancellationToken);
        await leases.DoneAsync(lease, cancellationToken);
    }
}
