using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sync.Apply;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;

namespace StackHub.Sync.Push;

/// <summary>What to do next about a write: nothing (its row is done), the same again without what was refused, or later.</summary>
public readonly record struct NextStep(PendingWrite? Again = null, TimeSpan? Wait = null);

/// <summary>Takes a vendor's answer about one record into the record: receipt and link, refusal, move, or another try.</summary>
public sealed class WriteOutcomes(
    HubModel model,
    RecordStore records,
    ClaimStore claims,
    Redirects redirects,
    ClockSkew skew,
    ChangeApplier applier,
    ConflictStore conflicts,
    DeadLetterStore deadLetters,
    MatchRequests matches,
    SystemCounters counters,
    TrafficMeter meter,
    TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.Zero;

    public async Task<NextStep> SettleAsync(SystemModel system, PendingWrite write, WriteOutcome outcome, DateTimeOffset sentAt, DateTimeOffset answeredAt, bool mayDrop, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case WriteOutcome.Stored stored:
                return await StoreAsync(system, write, stored, sentAt, answeredAt, cancellationToken);
            case WriteOutcome.Refused refused:
                return await RefuseAsync(system, write, refused, mayDrop, cancellationToken);
            case WriteOutcome.Retry retry:
                return await RetryAsync(system, write, retry, cancellationToken);
            case WriteOutcome.Existing existing:
                return await LinkAsync(system, write, existing.Ref, cancellationToken);
            case WriteOutcome.Moved moved:
                await applier.ApplyAsync(system.Id, [new Change.Moved(write.Target.Link!.Ref, moved.To, skew.ToVendor(system.Id, time.GetUtcNow()))], Interactive(write), cancellationToken);
                return new(Wait: Soon);
            case WriteOutcome.Gone:
                await applier.ApplyAsync(system.Id, [new Change.Deleted(write.Target.Link!.Ref, skew.ToVendor(system.Id, time.GetUtcNow()))], Interactive(write), cancellationToken);
                return default;
            case WriteOutcome.Ambiguous ambiguous:
                return await AmbiguousAsync(system, write, ambiguous, cancellationToken);
            default:
                throw new InvalidOperationException($"{system.Id}: an outcome of type {outcome.GetType().Name} is not known.");
        }
    }

    private async Task<NextStep> StoreAsync(SystemModel system, PendingWrite write, WriteOutcome.Stored stored, DateTimeOffset sentAt, DateTimeOffset answeredAt, CancellationToken cancellationToken)
    {
        if (write.IsCreate && await OwnerAsync(write, stored.Ref, cancellationToken) is var owner && owner != write.Record.Id)
            return await ContestAsync(system, write, owner, cancellationToken);
        var receipts = Receipts.Of(write, stored, CallTimes.Answered(system, write.Target.ObjectType, skew, sentAt, answeredAt, stored.StoredAt)).ToArray();
        await records.ChangeAsync(write.Record.Id, record => record is null || record.MergedInto is not null
            ? record
            : WithDropped(Merging.Wrote(record, stored.Ref, receipts.Length > 0 ? receipts[0].Write.At : sentAt, write.IsCreate, receipts, model.Horizon), stored.Ref, write), cancellationToken);
        if (stored.Created)
            counters.Of(system.Id).AddCreated();
        else
            counters.Of(system.Id).AddUpdated();
        meter.Written(system.Id, write.Sent.Count);
        // An upsert that met a record we did not know updated it: the rest of what it says is still to be read.
        if (write.IsCreate && !stored.Created)
            await applier.ApplyAsync(system.Id, [new Change.Touched(stored.Ref)], Interactive(write), cancellationToken);
        return write.Incomplete ? new(Wait: Backoff.After(write.Row.Attempts, write.Record.Id.Bucket)) : default;
    }

    private static HubRecord WithDropped(HubRecord record, ExternalRef reference, PendingWrite write) =>
        write.Dropped.IsEmpty || record.Link(reference) is not { } link ? record : record.With(link with { Refusals = link.Refusals.SetItems(write.Dropped) });

    /// <summary>A refused field is set aside and the rest goes on; a refused record waits until it changes or is replayed.</summary>
    private async Task<NextStep> RefuseAsync(SystemModel system, PendingWrite write, WriteOutcome.Refused refused, bool mayDrop, CancellationToken cancellationToken)
    {
        counters.Of(system.Id).AddRefused();
        meter.Refused(system.Id);
        var now = Merging.Truncated(time.GetUtcNow());
        var culprit = write.Sent.FirstOrDefault(difference => refused.VendorField is { } name && difference.Field.Map.VendorField == name && difference.Field.Map.Placeholder is null);
        var field = culprit?.Field.Map.Field;
        await deadLetters.AddAsync(new(DeadLetterStore.IdOf(now, system.Id, write.Record.Id, field), now, refused.Code, Redaction.Of(refused.Message, write.Write.Fields.Select(sent => sent.Value.Text)))
        {
            System = system.Id,
            Record = write.Record.Id,
            Kind = write.Record.Kind,
            Field = field,
        }, cancellationToken);
        var refusal = new Refusal(culprit is null ? SyncTargets.Signature(write.Target.Differences) : ValueHash.Of(culprit.Wanted), refused.Code, now);
        if (write.IsCreate && culprit is not null && mayDrop)
            return new(Again: write.Without(culprit, refusal));
        await records.ChangeAsync(write.Record.Id, record => record is null ? null : Refuse(record, system, write, field, refusal), cancellationToken);
        return write.IsCreate || culprit is null || write.Sent.Count == 1 ? default : new(Wait: Soon);
    }

    private static HubRecord Refuse(HubRecord record, SystemModel system, PendingWrite write, string? field, Refusal refusal) =>
        write.Target.Link is not { } target || record.Link(target.Ref) is not { } link
            ? record with { RefusedCreates = record.RefusedCreates.SetItem(system.Id, refusal with { ValueHash = SyncTargets.Signature(write.Target.Differences) }) }
            : record.With(link with { Refusals = link.Refusals.SetItem(field ?? "*", refusal) });

    private async Task<NextStep> RetryAsync(SystemModel system, PendingWrite write, WriteOutcome.Retry retry, CancellationToken cancellationToken)
    {
        counters.Of(system.Id).AddRetried();
        if (write.Row.Attempts >= Backoff.MaxAttempts)
            return await RefuseAsync(system, write, new(retry.Code, $"Gave up after {write.Row.Attempts} attempts."), false, cancellationToken);
        return new(Wait: retry.After ?? Backoff.After(write.Row.Attempts, write.Record.Id.Bucket));
    }

    /// <summary>The system has the record under an id we did not know: link it, read what it says, and let the differences follow.</summary>
    private async Task<NextStep> LinkAsync(SystemModel system, PendingWrite write, ExternalRef reference, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(write, reference, cancellationToken) is var owner && owner != write.Record.Id)
            return await ContestAsync(system, write, owner, cancellationToken);
        // Two records there are of one of ours: the other one has the value already, and only one of them may.
        if (!write.IsCreate && write.Record.Link(reference) is { Active: true })
            return await RefuseAsync(system, write, Taken(write, "Another record there, which is also of this record, has this value; merge the two there."), false, cancellationToken);
        await applier.ApplyAsync(system.Id, [new Change.Touched(reference)], Interactive(write), cancellationToken);
        return new(Wait: Soon);
    }

    private static WriteOutcome.Refused Taken(PendingWrite write, string why) => new("VALUE_TAKEN", why,
        write.Sent.FirstOrDefault(difference => difference.Field.Type == FieldType.Email)?.Field.Map.VendorField);

    private async Task<RecordId> OwnerAsync(PendingWrite write, ExternalRef reference, CancellationToken cancellationToken) =>
        redirects.Follow(await claims.ClaimAsync(reference, write.Record.Id, cancellationToken));

    /// <summary>What the system has belongs to another record of ours: perhaps they are one. Until that is decided, nothing is created.</summary>
    private async Task<NextStep> ContestAsync(SystemModel system, PendingWrite write, RecordId owner, CancellationToken cancellationToken)
    {
        if (write.Record.DistinctFrom.Contains(owner))
            return await RefuseAsync(system, write, Taken(write, "The system has one record for two that a person said are two."), false, cancellationToken);
        await records.ChangeAsync(write.Record.Id, record => record is null ? null : record with { Contested = true }, cancellationToken);
        await conflicts.RaiseAsync(new(ConflictKind.Contested, write.Record.Id, time.GetUtcNow()) { Other = owner, System = write.Target.System.Id, Detail = "The system has one record for both" }, cancellationToken);
        await matches.SendAsync([], [(owner, write.Record.Id)], cancellationToken);
        return default;
    }

    private async Task<NextStep> AmbiguousAsync(SystemModel system, PendingWrite write, WriteOutcome.Ambiguous ambiguous, CancellationToken cancellationToken)
    {
        var refusal = new Refusal(SyncTargets.Signature(write.Target.Differences), "AMBIGUOUS", Merging.Truncated(time.GetUtcNow()));
        await records.ChangeAsync(write.Record.Id, record => record is null ? null : Refuse(record, system, write, null, refusal), cancellationToken);
        await conflicts.RaiseAsync(new(ConflictKind.Ambiguous, write.Record.Id, time.GetUtcNow())
        {
            System = system.Id,
            Detail = $"{ambiguous.Refs.Count} records there match: {string.Join(", ", ambiguous.Refs.Select(reference => reference.Id))}",
        }, cancellationToken);
        return default;
    }

    private static ApplyOptions Interactive(PendingWrite write) => new(write.Row.Lane, Emit: true, write.Row.Trace);
}
