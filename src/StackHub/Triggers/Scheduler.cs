using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackHub.Leases;
using StackHub.Sync;

namespace StackHub.Triggers;

/// <summary>Drives the timer handlers where no Functions host does; each under its lease, so that two processes do not run one twice.</summary>
public sealed class Scheduler(IEnumerable<ITimerHandler> handlers, TimerTick tick, LeaseKeeper leases, TimeProvider time, ILogger<Scheduler> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(handlers.Select(handler => RunAsync(handler, stoppingToken)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await leases.ReleaseAllAsync(cancellationToken);
    }

    private async Task RunAsync(ITimerHandler handler, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(handler.Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await TickAsync(handler, cancellationToken);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task TickAsync(ITimerHandler handler, CancellationToken cancellationToken)
    {
        try
        {
            await tick.RunAsync(handler, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException)) // the next tick tries again
        {
            logger.MessageFailed("timer", handler.Name, e.GetType().Name, 0);
        }
    }
}
