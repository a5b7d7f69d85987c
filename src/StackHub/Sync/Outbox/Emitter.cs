using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Sync.Outbox;

/// <summary>Puts a record's differences into the outbox, for the systems that are written to.</summary>
public sealed class Emitter(HubModel model, RecordStore records, SyncTargets targets, SystemStates states, OutboxStore outbox, PushSignalOptions options, TimeProvider time)
{
    /// <summary>The number of rows enqueued.</summary>
    public Task<int> EmitAsync(IEnumerable<RecordId> ids, Lane lane, string? trace, CancellationToken cancellationToken) =>
        EmitAsync(ids.Select(id => KeyValuePair.Create(id, trace)), lane, cancellationToken);

    /// <param name="causes">The records, each with the trace that made it differ.</param>
    public async Task<int> EmitAsync(IEnumerable<KeyValuePair<RecordId, string?>> causes, Lane lane, CancellationToken cancellationToken)
    {
        var writing = new HashSet<SystemId>();
        foreach (var system in model.Order)
            if (await states.HoldsAsync(system, state => state.Stage == SystemStage.Approved, cancellationToken))
                writing.Add(system);
        if (writing.Count == 0)
            return 0;
        var now = time.GetUtcNow();
        var rows = new List<OutboxRow>();
        foreach (var (id, trace) in causes)
            if (await NewestAsync(id, cancellationToken) is { } stored)
                rows.AddRange(Rows(stored, writing, lane, trace, now));
        if (rows.Count > 0)
            await outbox.EnqueueAsync(rows, cancellationToken);
        return rows.Count;
    }

    /// <summary>Where several processes save records, the copy in memory may be old, and what differs now would be missed.</summary>
    private async ValueTask<StoredRecord?> NewestAsync(RecordId id, CancellationToken cancellationToken) =>
        options.SingleProcess ? await records.GetAsync(id, cancellationToken) : await records.ReadAsync(id, cancellationToken);

    private IEnumerable<OutboxRow> Rows(StoredRecord stored, HashSet<SystemId> writing, Lane lane, string? trace, DateTimeOffset now) => targets.Of(stored.Record)
        .Select(target => target.System.Id)
        .Where(writing.Contains)
        .Distinct()
        .Select(system => new OutboxRow(system, stored.Record.Kind, stored.Record.Id, lane) { EnqueuedAt = now, Trace = trace, Version = stored.Version });
}
