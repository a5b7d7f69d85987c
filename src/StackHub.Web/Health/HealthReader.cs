using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Runs;
using StackHub.Web.Systems;

namespace StackHub.Web.Health;

/// <summary>Puts together how the hub and its systems fare, without calling a vendor.</summary>
public sealed class HealthReader(HubModel model, SystemStates states, VendorBudget budget, CursorStore cursors, SystemReader systems, IMessageQueue queue, ITableStore tables, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthView> ReadAsync(CancellationToken cancellationToken)
    {
        var found = new List<SystemHealth>(model.Order.Length);
        foreach (var system in model.Order)
            found.Add(await ReadAsync(system, cancellationToken));
        var queues = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in Queues.All)
            queues[name] = await queue.CountAsync(name, cancellationToken);
        return new(time.GetUtcNow(), found, queues);
    }

    /// <summary>True when the store answers in time.</summary>
    public async Task<bool> StoreAnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tables.GetAsync(Tables.Systems, "health", "health", cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested) // whatever it is, it does not answer
        {
            return false;
        }
    }

    private async Task<SystemHealth> ReadAsync(SystemId system, CancellationToken cancellationToken)
    {
        var blocked = budget.BlockedUntil(system);
        var state = await states.GetAsync(system, cancellationToken);
        return new(system, blocked is null ? Reach.Reachable : Reach.Blocked, blocked, state.Paused, await LagAsync(system, cancellationToken), await systems.OutboxAsync(system, cancellationToken));
    }

    /// <summary>All changes of the system are known up to here, at its slowest object; null when its feed was never read.</summary>
    public async Task<DateTimeOffset?> CaughtUpToAsync(SystemId system, CancellationToken cancellationToken)
    {
        DateTimeOffset? slowest = null;
        foreach (var type in model.Systems[system].Objects)
            if (await cursors.FeedAsync(system, type.ObjectType, cancellationToken) is { } position && !(slowest < position.Time))
                slowest = position.Time;
        return slowest;
    }

    private async Task<double?> LagAsync(SystemId system, CancellationToken cancellationToken) =>
        await CaughtUpToAsync(system, cancellationToken) is { } slowest ? Math.Max(0, (time.GetUtcNow() - slowest).TotalSeconds) : null;
}
