using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Sync.Outbox;
using StackHub.Telemetry;

namespace StackHub.Sync.Push;

/// <summary>
/// Sends one batch of writes and settles every record by its own outcome. What it answers are the rows to come back to, and when; all
/// other rows are done.
/// </summary>
public sealed class WriteSender(ConnectorSet connectors, SystemStates states, SentNotes notes, ClockSkew skew, WriteOutcomes outcomes, TimeProvider time, ILogger<WriteSender> logger)
{
    /// <summary>A create loses at most so many refused fields before it is given up.</summary>
    private const int MaxDrops = 5;

    /// <summary>Within this a page is sent: a note says no more than that its writes happened between now and then.</summary>
    private static readonly TimeSpan LongestSend = TimeSpan.FromMinutes(10);

    /// <param name="counted">The fuse has counted the batch already.</param>
    public async Task<IReadOnlyList<(OutboxRow Row, TimeSpan Delay)>> SendAsync(SystemModel system, PendingWrite[] batch, bool counted, CancellationToken cancellationToken)
    {
        if (!counted)
            await CountAsync(system, batch, cancellationToken);
        var waiting = new ConcurrentBag<(OutboxRow, TimeSpan)>();
        for (var round = 0; batch.Length > 0 && round <= MaxDrops; round++)
        {
            var results = await WriteAsync(system, batch, cancellationToken);
            var again = new ConcurrentBag<PendingWrite>();
            await Task.WhenAll(batch.Zip(results, async (write, outcome) =>
            {
                var next = await outcomes.SettleAsync(system, write, outcome.Outcome, outcome.SentAt, outcome.AnsweredAt, round < MaxDrops, cancellationToken);
                if (next.Again is { } smaller)
                    again.Add(smaller);
                else if (next.Wait is { } delay)
                    waiting.Add((write.Row, delay));
            }));
            batch = [.. again];
        }
        return [.. waiting];
    }

    private async Task<IReadOnlyList<(WriteOutcome Outcome, DateTimeOffset SentAt, DateTimeOffset AnsweredAt)>> WriteAsync(SystemModel system, PendingWrite[] batch, CancellationToken cancellationToken)
    {
        var objectType = batch[0].Target.ObjectType;
        var looksUp = !system.ObjectOf(objectType).CreateIsIdempotent;
        using var span = SharedSpan.Start("write", ActivityKind.Client, batch, write => write.Row.Trace)
            ?.Tag(Tags.System, system.Id.Name).Tag(Tags.ObjectType, objectType).Tag(Tags.Records, batch.Length);
        var sentAt = time.GetUtcNow();
        IReadOnlyList<WriteOutcome> results;
        try
        {
            results = await connectors[system.Id].WriteAsync(objectType, [.. batch.Select(write => write.Write with { Uncertain = looksUp && write.MayExist })], cancellationToken);
        }
        catch (Exception e)
        {
            span?.Fail(e);
            if (e is not VendorUnavailableException { Uncertain: false })
                await DoubtAsync(system, batch, sentAt, CancellationToken.None);
            throw;
        }
        var answeredAt = time.GetUtcNow();
        if (results.Count != batch.Length)
            throw new InvalidOperationException($"{system.Id}: {results.Count} outcomes for {batch.Length} writes.");
        await DoubtAsync(system, batch.Zip(results).Where(pair => pair.Second is WriteOutcome.Retry { Uncertain: true }).Select(pair => pair.First), sentAt, cancellationToken);
        if (HubMetrics.WantsWrites)
            Measure(system, batch, results, answeredAt);
        var refused = results.Count(result => result is WriteOutcome.Refused);
        if (refused > 0)
            logger.Refused(system.Id, refused);
        return [.. results.Select(result => (result, sentAt, answeredAt))];
    }

    private static void Measure(SystemModel system, PendingWrite[] batch, IReadOnlyList<WriteOutcome> results, DateTimeOffset answeredAt)
    {
        foreach (var (write, result) in batch.Zip(results))
        {
            HubMetrics.Write(system.Id.Name, result is WriteOutcome.Stored { Created: true } ? "Created" : result.GetType().Name);
            if (result is WriteOutcome.Stored)
                HubMetrics.PushLatency(system.Id.Name, answeredAt - write.Row.EnqueuedAt);
        }
    }

    /// <summary>No answer came: the writes may have been stored.</summary>
    private async Task DoubtAsync(SystemModel system, IEnumerable<PendingWrite> writes, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        foreach (var write in writes)
            await notes.DoubtAsync(write.Unanswered(CallTimes.Unanswered(system, write.Target.ObjectType, skew, sentAt, time.GetUtcNow())), cancellationToken);
    }

    /// <summary>Makes it durable that the writes are about to be sent; the rows the notes took.</summary>
    public Task<int> NoteAsync(SystemModel system, string shard, IEnumerable<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return notes.NoteAsync(shard, writes.Select(write => write.Unanswered(CallTimes.Unanswered(system, write.Target.ObjectType, skew, now, now + LongestSend))), cancellationToken);
    }

    /// <summary>Counts writes that are about to be sent; false, with nothing counted, when they are too many for the fuse.</summary>
    public async Task<bool> TryCountAsync(SystemModel system, IReadOnlyCollection<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var (creates, overwrites) = Counted(writes);
        if (creates + overwrites == 0)
            return true;
        var fits = true;
        await states.ChangeAsync(system.Id, state =>
        {
            var counted = Fuse.Count(state, system.Fuse, creates, overwrites, 0, time.GetUtcNow());
            fits = counted.Paused is null;
            return fits ? counted : state;
        }, cancellationToken);
        return fits;
    }

    /// <summary>Takes back what was counted and then not sent, or a vendor's outage would blow the fuse.</summary>
    public async Task TakeBackAsync(SystemModel system, IReadOnlyCollection<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var (creates, overwrites) = Counted(writes);
        await states.ChangeAsync(system.Id, state => state with { Creates = Math.Max(0, state.Creates - creates), Overwrites = Math.Max(0, state.Overwrites - overwrites) }, cancellationToken);
    }

    /// <summary>The fuse, before anything is sent.</summary>
    private async Task CountAsync(SystemModel system, PendingWrite[] batch, CancellationToken cancellationToken)
    {
        var (creates, overwrites) = Counted(batch);
        if (creates + overwrites == 0)
            return;
        var state = await states.ChangeAsync(system.Id, state => Fuse.Count(state, system.Fuse, creates, overwrites, 0, time.GetUtcNow()), cancellationToken);
        if (state.Paused is not { } reason)
            return;
        logger.FuseBlown(system.Id, reason);
        throw new SystemPausedException(system.Id, reason);
    }

    private static (int Creates, int Overwrites) Counted(IReadOnlyCollection<PendingWrite> writes) =>
        (writes.Count(write => write.IsCreate), writes.Sum(write => write.Sent.Count(difference => difference.OverwritesValue)));
}
