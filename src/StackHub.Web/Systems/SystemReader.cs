using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Outbox;

namespace StackHub.Web.Systems;

/// <summary>Puts together what is known of a system.</summary>
public sealed class SystemReader(HubModel model, SystemStates states, SystemCounters counters, VendorBudget budget, OutboxStore outbox)
{
    /// <summary>A backlog beyond this is not counted to its end on every look.</summary>
    private const int CountTo = 10_000;

    public async Task<SystemView> ReadAsync(SystemId id, CancellationToken cancellationToken)
    {
        var system = model.Systems[id];
        var state = await states.GetAsync(id, cancellationToken);
        return new(id, system.Connector.Vendor, system.Connector.DisplayName, system.Mode, state.Stage, state.Writes && system.Mode == SystemMode.Live,
            await OutboxAsync(id, cancellationToken), CountsView.Of(counters.Of(id)), counters.CallsByOperation(id))
        {
            Paused = state.Paused,
            PausedAt = state.PausedAt,
            BlockedUntil = budget.BlockedUntil(id),
            Fuse = FuseView.Of(state, system.Fuse),
        };
    }

    public async Task<OutboxDepth> OutboxAsync(SystemId id, CancellationToken cancellationToken)
    {
        var count = 0;
        DateTimeOffset? oldest = null;
        for (var shard = 0; shard < model.Shards; shard++)
        {
            string? next = null;
            do
            {
                if (count >= CountTo)
                    return new(count, true, oldest);
                (var rows, next) = await outbox.ReadAsync(id, shard, TableLimits.MaxTake, next, cancellationToken);
                count += rows.Count;
                oldest = rows.Select(row => (DateTimeOffset?)row.EnqueuedAt).Append(oldest).Min();
            }
            while (next is not null);
        }
        return new(count, false, oldest);
    }
}
