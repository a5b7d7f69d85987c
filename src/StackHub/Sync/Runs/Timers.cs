using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Sync.Outbox;
using StackHub.Triggers;

namespace StackHub.Sync.Runs;

/// <summary>Reads one system's change feed.</summary>
public sealed class PollTimer(SystemModel system, Poll poll) : ITimerHandler
{
    public string Name => $"poll-{system.Id}";

    public TimeSpan Every => system.PollEvery;

    public Task RunAsync(CancellationToken cancellationToken) => poll.RunAsync(system.Id, cancellationToken);
}

/// <summary>Reads the feeds that are due, side by side, where one timer stands for all systems. One that fails holds up no other.</summary>
public sealed class HostedPollTimer(HubModel model, Poll poll, TimerTick tick, ILogger<HostedPollTimer> logger) : ITimerHandler
{
    public string Name => TriggerTable.HostedPoll.Name;

    public TimeSpan Every => TriggerTable.HostedPoll.Every;

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(model.Systems.Values.Select(system => ReadAsync(system, cancellationToken)));

    private async Task ReadAsync(SystemModel system, CancellationToken cancellationToken)
    {
        try
        {
            if (await poll.IsDueAsync(system.Id, Every / 2, cancellationToken))
                await tick.RunAsync(new PollTimer(system, poll), cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException)) // the next tick tries again
        {
            logger.MessageFailed("timer", $"poll-{system.Id}", e.GetType().Name, 0);
        }
    }
}

/// <summary>Wakes every drainer: the safety net for wake-ups that a crash swallowed.</summary>
public sealed class SweepTimer(HubModel model, PushSignals signals) : ITimerHandler
{
    public string Name => TriggerTable.Sweep.Name;

    public TimeSpan Every => TriggerTable.Sweep.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var system in model.Order)
            for (var shard = 0; shard < model.Shards; shard++)
                await signals.WakeAsync(system, shard, cancellationToken);
    }
}
