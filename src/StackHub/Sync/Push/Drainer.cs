using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Suppression;
using StackHub.Sync.Outbox;
using StackHub.Telemetry;

namespace StackHub.Sync.Push;

/// <summary>
/// Empties one shard of a system's outbox: one drainer a shard, under a lease. It takes rows in order, reads the records again, sends
/// what differs in the vendor's batches, and saves each record's own outcome. At most one batch that is not full is under way, so a
/// burst fills batches by itself, while a lone edit leaves at once.
/// </summary>
public sealed class Drainer(
    HubModel model,
    RecordStore records,
    Redirects redirects,
    SuppressionList suppression,
    SystemStates states,
    OutboxStore outbox,
    PushSignals signals,
    LeaseKeeper leases,
    WritePlanner planner,
    WriteSender sender,
    SentNotes notes,
    PushSignalOptions options,
    SystemCounters counters,
    TimeProvider time,
    ILogger<Drainer> logger)
{
    private const int PageSize = 500;
    private static readonly TimeSpan SlowPage = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaseTaken = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(SystemId, int), DrainGate> gates = new();
    private readonly ConcurrentDictionary<SystemId, int> failures = new();

    public async Task DrainAsync(SystemId system, int shard, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd((system, shard), _ => new());
        if (!await gate.EnterAsync(cancellationToken))
            return;
        try
        {
            signals.Taken(system, shard);
            if (!await states.HoldsAsync(system, state => state.Writes, cancellationToken))
                return; // the rows wait; resuming wakes us
            var name = $"push-{OutboxRow.PartitionOf(system, shard)}";
            if (!await leases.HoldAsync(name, cancellationToken))
            {
                await signals.WakeAfterAsync(system, shard, LeaseTaken, cancellationToken);
                return;
            }
            await DrainHeldAsync(model.Systems[system], shard, name, cancellationToken);
            await leases.DoneAsync(name, cancellationToken);
        }
        finally
        {
            signals.Behind(system, shard, false);
            gate.Leave();
        }
    }

    private async Task DrainHeldAsync(SystemModel system, int shard, string lease, CancellationToken cancellationToken)
    {
        await suppression.EnsureFreshAsync(cancellationToken);
        await redirects.EnsureFreshAsync(cancellationToken);
        if (leases.IsAbandoned(lease))
        {
            await notes.RecoverAsync(lease, cancellationToken);
            leases.TookOver(lease);
        }
        while (await leases.HoldAsync(lease, cancellationToken))
        {
            var (rows, nextDue) = await DueAsync(system.Id, shard, cancellationToken);
            var startedAt = time.GetUtcNow();
            if (rows.Count == 0)
            {
                if (nextDue is { } due)
                    await signals.WakeAfterAsync(system.Id, shard, Positive(due - time.GetUtcNow()), cancellationToken);
                return;
            }
            if (HubMetrics.WantsQueueAge)
                HubMetrics.QueueAge(Storage.Queues.Push, startedAt - rows.Min(row => row.EnqueuedAt));
            try
            {
                foreach (var kind in rows.GroupBy(row => row.Kind).OrderBy(group => group.Key))
                    await PushAsync(system, [.. kind], lease, cancellationToken);
                failures[system.Id] = 0;
                // Only who can catch up is waited for: a slow or throttled vendor must not hold up the others.
                signals.Behind(system.Id, shard, rows.Count == PageSize && time.GetUtcNow() - startedAt < SlowPage);
            }
            catch (VendorUnavailableException e) // the rows stay; only this system waits
            {
                var delay = e.RetryAfter ?? Backoff.After(failures.AddOrUpdate(system.Id, 1, (_, count) => count + 1) - 1, rows[0].Record.Bucket);
                logger.VendorUnavailable(system.Id, e.Reason, delay);
                await signals.WakeAfterAsync(system.Id, shard, Positive(delay), cancellationToken);
                return;
            }
            catch (SystemPausedException)
            {
                return;
            }
        }
    }

    /// <summary>The first rows that are due, and when the next of the others is.</summary>
    private async Task<(IReadOnlyList<OutboxRow> Rows, DateTimeOffset? NextDue)> DueAsync(SystemId system, int shard, CancellationToken cancellationToken)
    {
        var due = new List<OutboxRow>();
        DateTimeOffset? next = null;
        string? continuation = null;
        do
        {
            var page = await outbox.ReadAsync(system, shard, PageSize, continuation, cancellationToken);
            var now = time.GetUtcNow();
            due.AddRange(page.Rows.Where(row => row.DueAt <= now));
            foreach (var row in page.Rows.Where(row => row.DueAt > now))
                next = next is null || row.DueAt < next ? row.DueAt : next;
            continuation = page.Continuation;
        }
        while (continuation is not null && due.Count == 0);
        // A record may wait in both lanes: one of its rows at a time, or it would be written twice at once.
        return ([.. due.DistinctBy(row => row.Record)], next);
    }

    private async Task PushAsync(SystemModel system, IReadOnlyList<OutboxRow> rows, string lease, CancellationToken cancellationToken)
    {
        var plans = await Task.WhenAll(rows.Select(row => PlanAsync(row, lease, cancellationToken)));
        var settled = new ConcurrentBag<OutboxRow>(plans.Where(plan => plan.Writes.Count == 0).Select(plan => plan.Row));
        counters.Of(system.Id).AddUnchanged(settled.Count);
        var waiting = new ConcurrentDictionary<OutboxRow, TimeSpan>();
        var writes = plans.SelectMany(plan => plan.Writes).Where(write => write.Write.Fields.Count > 0 || write.IsCreate).ToArray();
        foreach (var plan in plans.Where(plan => plan.Writes.Any(write => write.Incomplete)))
            waiting[plan.Row] = Backoff.After(plan.Row.Attempts, plan.Row.Record.Bucket);
        var noted = 0;
        if (system.Mode == SystemMode.Shadow)
            counters.Of(system.Id).AddShadowed(writes.Length);
        else if (writes.Length > 0)
            noted = await SendAsync(system, writes, lease, waiting, cancellationToken);
        foreach (var plan in plans.Where(plan => plan.Writes.Count > 0 && !waiting.ContainsKey(plan.Row)))
            settled.Add(plan.Row);
        await Task.WhenAll(outbox.DeleteAsync([.. settled], cancellationToken), notes.ForgetAsync(lease, noted, cancellationToken));
        foreach (var (row, delay) in waiting)
            await outbox.PostponeAsync(row, time.GetUtcNow() + delay, cancellationToken);
    }

    /// <summary>The rows of the notes to forget.</summary>
    private async Task<int> SendAsync(SystemModel system, PendingWrite[] writes, string lease, ConcurrentDictionary<OutboxRow, TimeSpan> waiting, CancellationToken cancellationToken)
    {
        var batches = writes
            .GroupBy(write => (write.Target.ObjectType, write.IsCreate))
            .SelectMany(group => group.Chunk(system.ObjectOf(group.Key.ObjectType).WriteBatch))
            .ToArray();
        var noting = sender.NoteAsync(system, lease, writes, cancellationToken);
        // All at once is one write of the system's state instead of one a call; near the limit the calls are counted one by one.
        var counting = sender.TryCountAsync(system, writes, cancellationToken);
        await Task.WhenAll(noting, counting);
        var (noted, counted) = (await noting, await counting);
        var unsent = counted ? new ConcurrentDictionary<PendingWrite[], bool>(batches.Select(batch => KeyValuePair.Create(batch, true))) : [];
        try
        {
            await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = system.Concurrency, CancellationToken = cancellationToken }, async (batch, _) =>
            {
                // Not the loop's own token: when one call fails, what others stored is still to be taken down.
                foreach (var (row, delay) in await sender.SendAsync(system, batch, counted, cancellationToken))
                    waiting.AddOrUpdate(row, delay, (_, known) => known > delay ? known : delay);
                unsent.TryRemove(batch, out var _);
            });
            return noted;
        }
        catch (Exception e) when (e is VendorUnavailableException or SystemPausedException)
        {
            await notes.ForgetAsync(lease, noted, cancellationToken);
            throw;
        }
        catch
        {
            leases.BrokeOff(lease);
            throw;
        }
        finally
        {
            if (!unsent.IsEmpty)
                await sender.TakeBackAsync(system, [.. unsent.Keys.SelectMany(batch => batch)], CancellationToken.None);
        }
    }

    private async Task<(OutboxRow Row, IReadOnlyList<PendingWrite> Writes)> PlanAsync(OutboxRow row, string lease, CancellationToken cancellationToken)
    {
        var writes = await PlanAsync(row, await records.GetAsync(row.Record, row.Version, cancellationToken), cancellationToken);
        // Another process may have written it already, and what woke us came of an older copy; a create it may have sent this moment.
        var mayBeOld = leases.WasElsewhere(lease) || (!options.SingleProcess && writes.Any(write => write.IsCreate && !model.Systems[row.System].ObjectOf(write.Target.ObjectType).CreateIsIdempotent));
        return writes.Count > 0 && mayBeOld
            ? (row, await PlanAsync(row, await records.ReadAsync(row.Record, cancellationToken), cancellationToken))
            : (row, writes);
    }

    private async Task<IReadOnlyList<PendingWrite>> PlanAsync(OutboxRow row, StoredRecord? stored, CancellationToken cancellationToken) =>
        stored is null ? [] : await planner.PlanAsync(row, stored.Record, cancellationToken);

    private static TimeSpan Positive(TimeSpan delay) => delay < TimeSpan.FromMilliseconds(10) ? TimeSpan.FromMilliseconds(10) : delay;
}

/// <summary>The fuse paused the system while its outbox was drained.</summary>
public sealed class SystemPausedException(SystemId system, string reason) : Exception($"{system} is paused: {reason}.");
