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

/// <summary>Wakes every drainer: the safety net for wake-ups that a crash swallowed.</summary>
public sealed class SweepTimer(HubModel model, PushSignals signals) : ITimerHandler
{
    public string Name => "sweep";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var system in model.Order)
            for (var shard = 0; shard < model.Shards; shard++)
                await signals.WakeAsync(system, shard, cancellationToken);
    }
}

public sealed class ReconcileTimer(Reconcile reconcile, Rematch rematch) : ITimerHandler
{
    public string Name => "reconcile";

    public TimeSpan Every => TimeSpan.FromHours(24);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await reconcile.RunAsync(null, cancellationToken);
        await rematch.RunAsync(cancellationToken);
    }
}
