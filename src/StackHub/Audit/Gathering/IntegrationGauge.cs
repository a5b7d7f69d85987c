using StackHub.Audit.Inventory;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Outbox;
using StackHub.Sync.Runs;

namespace StackHub.Audit.Gathering;

/// <summary>How well the hub's connections work, out of what it keeps anyway: refused writes, the oldest that waits, how far each feed was read, and since when the secrets are the same.</summary>
public sealed class IntegrationGauge(HubModel model, CursorStore cursors, OutboxStore outbox, SystemStates states, CredentialAges credentials, TimeProvider time)
{
    /// <summary>Of a longer queue these are looked at: they wait in no order of age.</summary>
    private const int MostRows = 1_000;

    public async Task<IReadOnlyDictionary<string, ToolIntegration>> MeasureAsync(IReadOnlyDictionary<string, double> errorRates, CancellationToken cancellationToken)
    {
        var measured = new Dictionary<string, ToolIntegration>(StringComparer.Ordinal);
        foreach (var id in model.Order)
        {
            var rate = errorRates.TryGetValue(id.Name, out var known) ? known : (double?)null;
            measured[id.Name] = new(rate, await LagAsync(model.Systems[id], cancellationToken), await credentials.AgeAsync(model.Systems[id], cancellationToken));
        }

        return measured;
    }

    /// <summary>The longer of what waits to be written and what was not read yet; null before the system was read in full.</summary>
    private async Task<TimeSpan?> LagAsync(SystemModel system, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? behind = null;
        foreach (var type in system.Objects)
            if (await cursors.FeedAsync(system.Id, type.ObjectType, cancellationToken) is { } position)
                behind = Earlier(behind, position.Time + type.IndexLag);
        if ((await states.GetAsync(system.Id, cancellationToken)).Writes)
            behind = Earlier(behind, await OldestAsync(system.Id, cancellationToken));
        return behind is not { } since ? null : since > now ? TimeSpan.Zero : now - since;
    }

    private async Task<DateTimeOffset?> OldestAsync(SystemId system, CancellationToken cancellationToken)
    {
        DateTimeOffset? oldest = null;
        for (var shard = 0; shard < model.Shards; shard++)
            foreach (var row in (await outbox.ReadAsync(system, shard, MostRows, null, cancellationToken)).Rows)
                oldest = Earlier(oldest, row.EnqueuedAt);
        return oldest;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
