using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Suppression;
using StackHub.Sync.Conflicts;
using StackHub.Sync.Outbox;
using StackHub.Telemetry;

namespace StackHub.Sync.Apply;

/// <summary>
/// Takes what a system said into the records: reads what a notice only names, drops the suppressed, finds or claims each record, merges,
/// and puts every system that now differs into the outbox. Safe to repeat from anywhere: differences are computed even when the merge
/// changed nothing, so a crash between merge and outbox heals when the message comes again.
/// </summary>
public sealed class ChangeApplier(
    HubModel model,
    ConnectorSet connectors,
    ClaimStore claims,
    IdentityResolver identity,
    RecordStore records,
    RecordMerger merger,
    Redirects redirects,
    SuppressionList suppression,
    ClockSkew skew,
    Emitter emitter,
    ConflictStore conflicts,
    MatchRequests matches,
    FlowSignals flows,
    TrafficMeter meter,
    DropSignals drops,
    TimeProvider time,
    ILogger<ChangeApplier> logger)
{
    private const int Concurrency = 32;
    private const int MaxDepth = 3;
    private const int MergeRetries = 5;

    public async Task<ApplyReport> ApplyAsync(SystemId system, IReadOnlyList<Change> changes, ApplyOptions options, CancellationToken cancellationToken)
    {
        await suppression.EnsureFreshAsync(cancellationToken);
        await redirects.EnsureFreshAsync(cancellationToken);
        var batch = new Batch(model.Systems[system], options);
        await ApplyAsync(batch, changes, 0, cancellationToken);
        await FinishAsync(batch, cancellationToken);
        HubMetrics.Changes(system.Name, changes.Count);
        meter.Received(system, changes.Count);
        return batch.Report(changes.Count);
    }

    private async Task ApplyAsync(Batch batch, IReadOnlyList<Change> changes, int depth, CancellationToken cancellationToken)
    {
        var known = await ClearAsync(batch, [.. changes.Where(change => batch.System.Maps.ContainsKey(change.Ref.ObjectType))], cancellationToken);
        var read = await ReadAsync(batch, known, cancellationToken);
        var groups = known.Where(change => change is not Change.Touched).Concat(read).GroupBy(change => change.Ref).ToArray();
        if (depth < MaxDepth)
            await ApplyParentsAsync(batch, groups, depth, cancellationToken);
        if (groups is [var only])
            await ApplyOneAsync(batch, [.. only], depth, MergeRetries, cancellationToken);
        else
            await Parallel.ForEachAsync(groups, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken },
                async (group, token) => await ApplyOneAsync(batch, [.. group], depth, MergeRetries, token));
    }

    /// <summary>
    /// A message of a system with a coarse clock cannot be put in order with what happened in the same second, and may have waited. So it
    /// only says that something changed; and when it tells all that did and that is held there, not even that (an echo).
    /// </summary>
    private async Task<IReadOnlyList<Change>> ClearAsync(Batch batch, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var clear = new List<Change>(changes.Count);
        foreach (var change in changes)
            if (change is not Change.Seen { AskedAt: null } seen || batch.System.ObjectOf(seen.Ref.ObjectType).TimePrecision <= ReadTime.Fine)
                clear.Add(change);
            else if (!await IsHeldAsync(batch, seen, cancellationToken))
                clear.Add(new Change.Touched(seen.Ref));
        return clear;
    }

    private async Task<bool> IsHeldAsync(Batch batch, Change.Seen seen, CancellationToken cancellationToken)
    {
        if (!(seen.Record.Complete || seen.Record.TellsChange) || await identity.KnownAsync(seen.Ref, cancellationToken) is not { } id || (await records.GetAsync(id, cancellationToken))?.Record.Link(seen.Ref) is not { Complete: true, Active: true } link)
            return false;
        var sighting = await SightAsync(batch, batch.System.Maps[seen.Ref.ObjectType], seen, cancellationToken);
        return sighting.Values.All(told => link.Cell(told.Field).State.IsHeld(told.Value) || told.Field == FieldDefinition.HubId);
    }

    /// <summary>Reads records that were only named, and those that are new here and came in part.</summary>
    private async Task<IReadOnlyList<Change>> ReadAsync(Batch batch, IReadOnlyList<Change> named, CancellationToken cancellationToken)
    {
        var wanted = new List<ExternalRef>();
        foreach (var group in named.GroupBy(change => change.Ref))
        {
            var complete = group.Any(change => change is Change.Seen { Record.Complete: true });
            // Where only records are dated, a message in part says that something changed, and perhaps not what.
            var tellsAll = complete || (batch.System.ObjectOf(group.Key.ObjectType).DatesFields && await IsReadAsync(group.Key, cancellationToken));
            if (group.Any(change => change is Change.Touched) || (!tellsAll && group.Any(change => change is Change.Seen)))
                wanted.Add(group.Key);
        }
        var read = new List<Change>();
        foreach (var byType in wanted.GroupBy(reference => reference.ObjectType))
            foreach (var chunk in byType.Chunk(batch.System.ObjectOf(byType.Key).ReadBatch))
            {
                var askedAt = time.GetUtcNow();
                var changes = await connectors[batch.System.Id].ReadAsync(byType.Key, batch.System.Maps[byType.Key].VendorFields, [.. chunk.Select(reference => reference.Id)], cancellationToken);
                read.AddRange(changes.AskedAt(askedAt));
            }
        return read;
    }

    private async Task<bool> IsReadAsync(ExternalRef reference, CancellationToken cancellationToken) =>
        await identity.KnownAsync(reference, cancellationToken) is { } id
        && (await records.GetAsync(id, cancellationToken))?.Record.Link(reference) is { Complete: true };

    /// <summary>What these records refer to and the hub does not know yet is read and applied first.</summary>
    private async Task ApplyParentsAsync(Batch batch, IReadOnlyList<IGrouping<ExternalRef, Change>> groups, int depth, CancellationToken cancellationToken)
    {
        var unknown = new HashSet<ExternalRef>();
        foreach (var reference in groups.SelectMany(group => group).OfType<Change.Seen>().SelectMany(seen => Referred(batch, seen.Record)).Distinct())
            if (await identity.KnownAsync(reference, cancellationToken) is null && batch.Asked.TryAdd(reference, true))
                unknown.Add(reference);
        if (unknown.Count > 0)
            await ApplyAsync(batch, [.. unknown.Select(reference => new Change.Touched(reference))], depth + 1, cancellationToken);
    }

    private static IEnumerable<ExternalRef> Referred(Batch batch, ExternalRecord record)
    {
        foreach (var field in batch.System.Maps[record.Ref.ObjectType].Fields)
            if (field.IsReference && field.Map.To is { } kind && record.Fields.TryGetValue(field.Map.VendorField, out var value)
                && batch.System.OfKind(kind).FirstOrDefault(type => type.ObjectType != record.Ref.ObjectType) is { } type)
                foreach (var id in References.Ids(new(value.Text)))
                    yield return new(batch.System.Id, ReferenceType(batch.System, kind, type, id), id);
    }

    /// <summary>A person may be of several types; the reference field means the one that opportunities refer to, the last in order.</summary>
    private static string ReferenceType(SystemModel system, RecordKind kind, ObjectInfo first, string id) =>
        id.Length == 0 ? first.ObjectType : system.OfKind(kind).Last().ObjectType;

    private async Task ApplyOneAsync(Batch batch, IReadOnlyList<Change> changes, int depth, int retries, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyOneAsync(batch, changes, depth, cancellationToken);
        }
        catch (RecordMovedException) when (retries > 0) // merged under our hands: the survivor is found now
        {
            await ApplyOneAsync(batch, changes, depth, retries - 1, cancellationToken);
        }
    }

    private async Task ApplyOneAsync(Batch batch, IReadOnlyList<Change> changes, int depth, CancellationToken cancellationToken)
    {
        if (suppression.Find(changes[0].Ref) is { } tombstone)
        {
            batch.Drop(changes, tombstone);
            return;
        }
        foreach (var change in changes)
        {
            switch (change)
            {
                case Change.Deleted deleted:
                    await DeleteAsync(batch, deleted.Ref, deleted.At, cancellationToken);
                    break;
                case Change.PrivacyDeleted erased:
                    await EraseNoticeAsync(batch, erased, cancellationToken);
                    break;
                case Change.Moved moved:
                    await MoveAsync(batch, moved, depth, cancellationToken);
                    break;
            }
        }
        if (changes.OfType<Change.Seen>().ToArray() is { Length: > 0 } seen)
            await SeeAsync(batch, seen, cancellationToken);
    }

    private async Task SeeAsync(Batch batch, Change.Seen[] seen, CancellationToken cancellationToken)
    {
        var reference = seen[0].Ref;
        var map = batch.System.Maps[reference.ObjectType];
        var sightings = new List<Sighting>(seen.Length);
        foreach (var change in seen)
            sightings.Add(await SightAsync(batch, map, change, cancellationToken));
        meter.Told(batch.System.Id, sightings.Sum(sighting => sighting.Values.Count));
        string? Value(string field) => Newest(sightings, field);
        var keys = RecordFeatures.Keys(map.Map.Kind, Value, model.PhoneRegion);
        if (keys.Select(key => suppression.Find(key.Kind, key.Text)).FirstOrDefault(found => found is not null) is { } tombstone)
        {
            batch.Drop(seen, tombstone);
            return;
        }
        var answer = await identity.ResolveAsync(reference, map.Map.Kind, keys, Value, model.PhoneRegion, cancellationToken);
        var rival = answer.Rival is { } owner ? (await records.GetAsync(owner, cancellationToken))?.Record : null;
        var outcome = await ChangeAsync(answer, rival, sightings, cancellationToken);
        await AfterAsync(batch, outcome, reference, cancellationToken);
        if (rival is null || merger.AreDistinct(outcome.After!, rival))
            return;
        batch.Pairs.Add((outcome.After!.Id, rival.Id));
        if (HasOlderClaim(outcome.After, rival) is { } isFirst)
            await ContestAsync(outcome.After, rival, isFirst, cancellationToken);
    }

    private async Task<Sighting> SightAsync(Batch batch, CompiledMap map, Change.Seen seen, CancellationToken cancellationToken)
    {
        var record = seen.Record;
        var precision = batch.System.ObjectOf(record.Ref.ObjectType).TimePrecision;
        var askedAt = seen.AskedAt is { } asked ? skew.ToVendor(batch.System.Id, asked) : (DateTimeOffset?)null;
        DateTimeOffset HubTime(DateTimeOffset at) => skew.ToHub(batch.System.Id, ReadTime.Refined(at, precision, askedAt));
        var values = new List<(string, FieldValue, DateTimeOffset)>(record.Fields.Count);
        foreach (var (field, value, at) in map.Inbound(record, batch.Unreadable))
        {
            var canonical = field.IsReference ? await ReferAsync(batch, record, field, value, cancellationToken) : value;
            if (canonical is { } known)
                values.Add((field.Map.Field, known, HubTime(at)));
        }
        return new(record.Ref, map.Map.Kind, HubTime(record.ModifiedAt), record.Complete, values);
    }

    /// <summary>The vendor's ids as record ids; null when one of them is not known even now (it could not be read).</summary>
    private async Task<FieldValue?> ReferAsync(Batch batch, ExternalRecord record, CompiledField field, FieldValue value, CancellationToken cancellationToken)
    {
        if (value.IsBlank || field.Map.To is not { } kind)
            return value;
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in References.Ids(value))
            foreach (var type in batch.System.OfKind(kind))
                if (!known.ContainsKey(id) && await identity.KnownAsync(new(batch.System.Id, type.ObjectType, id), cancellationToken) is { } owner)
                    known[id] = owner.ToString();
        return References.Translate(value, id => known.GetValueOrDefault(id));
    }

    private Task<RecordChange> ChangeAsync(IdentityAnswer answer, HubRecord? rival, IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken) =>
        records.ChangeAsync(answer.Id, answer.IsNew, record =>
        {
            if (record?.MergedInto is not null)
                return record; // merged a moment ago: the message comes again and finds the survivor
            var before = record;
            foreach (var sighting in sightings)
                record = Merging.See(record, answer.Id, Admission.Of(record, sighting, model.Purposes), model.Horizon);
            if (before is { Contested: true } && ClaimsOtherwise(before, record!))
                record = record! with { Contested = false }; // matching looks at it again, as what it is now
            if (rival is not null && !record!.Contested && !merger.AreDistinct(record, rival) && HasOlderClaim(record, rival) == false)
                record = record with { Contested = true };
            return Frozen(record!, sightings);
        }, cancellationToken);

    private HubRecord Frozen(HubRecord record, IReadOnlyList<Sighting> sightings)
    {
        foreach (var (field, _, _) in sightings.SelectMany(sighting => sighting.Values))
            if (!record.Frozen.ContainsKey(field) && Fights.Fought(record, field, model.Fights, record.Released.GetValueOrDefault(field)))
                record = record with { Frozen = record.Frozen.SetItem(field, Merging.Truncated(time.GetUtcNow())) };
        return record;
    }

    /// <summary>What follows from a record's change: keys, conflicts, and the systems that now differ.</summary>
    private async Task AfterAsync(Batch batch, RecordChange change, ExternalRef reference, CancellationToken cancellationToken)
    {
        if (change.After is not { } record)
            return;
        if (record.MergedInto is not null)
            throw new RecordMovedException(record.Id);
        batch.Count(change, reference);
        if (change.Changed)
        {
            await ReclaimAsync(batch, change, reference, cancellationToken);
            foreach (var (field, at) in record.Frozen.Where(frozen => change.Before?.Frozen.ContainsKey(frozen.Key) != true))
            {
                logger.Frozen(record.Id, field);
                await conflicts.RaiseAsync(new(ConflictKind.Fight, record.Id, at) { Field = field, Detail = "Systems keep overwriting each other" }, cancellationToken);
            }
        }
        foreach (var queue in flows.Concerned(change.Before, record, batch.Options.Again))
            batch.Told[(queue, record.Id)] = true;
        if (batch.Options.Emit)
            batch.Affected[record.Id] = batch.Options.TraceOf(reference);
    }

    /// <summary>What a vendor's record newly says about whom it is of is claimed, and the record compared with others again.</summary>
    private async Task ReclaimAsync(Batch batch, RecordChange change, ExternalRef reference, CancellationToken cancellationToken)
    {
        var record = change.After!;
        if (record.Link(reference) is not { } link || (change.Before?.Link(reference) is { } before && SaysTheSame(record.Kind, before, link)))
            return;
        batch.Match[record.Id] = true;
        if (change.Before is null)
            return;
        var keys = RecordFeatures.Keys(record.Kind, field => RecordFacts.Latest(link, field), model.PhoneRegion);
        if (await identity.ReclaimAsync(record.Id, keys, cancellationToken) is { } rival)
            batch.Pairs.Add((record.Id, rival));
    }

    private static bool SaysTheSame(RecordKind kind, LinkedRecord before, LinkedRecord after)
    {
        foreach (var field in MatchRequests.Fields(kind))
            if (before.Cell(field) is var was && after.Cell(field) is var now && !ReferenceEquals(was, now) && !was.State.Authored.SequenceEqual(now.State.Authored))
                return false;
        return true;
    }

    /// <summary>Which of the two was met first says nothing about whose the address is: the one that has it for longer is created elsewhere.</summary>
    private bool? HasOlderClaim(HubRecord record, HubRecord rival) =>
        RecordMatch.HasOlderClaim(RecordFacts.Of(record, model.PhoneRegion), RecordFacts.Of(rival, model.PhoneRegion));

    private bool ClaimsOtherwise(HubRecord before, HubRecord after) =>
        !RecordFacts.Of(before, model.PhoneRegion).Mailboxes.SequenceEqual(RecordFacts.Of(after, model.PhoneRegion).Mailboxes);

    private async Task ContestAsync(HubRecord record, HubRecord rival, bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst)
            await records.ChangeAsync(rival.Id, known => known is null or { Contested: true } || HasOlderClaim(record, known) != true ? known : known with { Contested = true }, cancellationToken);
        await conflicts.RaiseAsync(Conflict.OfAddress(record.Id, rival.Id, time.GetUtcNow()), cancellationToken);
    }

    private async Task DeleteAsync(Batch batch, ExternalRef reference, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await identity.KnownAsync(reference, cancellationToken) is not { } id)
            return;
        var change = await records.ChangeAsync(id, record => record is null ? null : Merging.Delete(record, reference, skew.ToHub(batch.System.Id, at)), cancellationToken);
        await AfterAsync(batch, change, reference, cancellationToken);
    }

    private async Task EraseNoticeAsync(Batch batch, Change.PrivacyDeleted erased, CancellationToken cancellationToken)
    {
        await DeleteAsync(batch, erased.Ref, erased.At, cancellationToken);
        if (await identity.KnownAsync(erased.Ref, cancellationToken) is not null)
            batch.Erased.Add(new(erased.Ref.System, erased.Ref.ObjectType, erased.Ref.Id, erased.At));
    }

    private async Task MoveAsync(Batch batch, Change.Moved moved, int depth, CancellationToken cancellationToken)
    {
        if (await identity.KnownAsync(moved.Ref, cancellationToken) is { } id)
        {
            var owner = await claims.ClaimAsync(moved.To, id, cancellationToken);
            owner = redirects.Follow(owner);
            var change = await records.ChangeAsync(id, record => record is null ? null : Merging.Move(record, moved.Ref, moved.To, skew.ToHub(batch.System.Id, moved.At), model.Horizon, known: owner != id), cancellationToken);
            if (owner != id)
                await MergeAsync(batch, owner, id, cancellationToken);
            else
                await AfterAsync(batch, change, moved.To, cancellationToken);
        }
        if (batch.System.Maps.ContainsKey(moved.To.ObjectType) && depth < MaxDepth && batch.Asked.TryAdd(moved.To, true))
            await ApplyAsync(batch, [new Change.Touched(moved.To)], depth + 1, cancellationToken);
    }

    private async Task MergeAsync(Batch batch, RecordId first, RecordId second, CancellationToken cancellationToken)
    {
        if (await merger.MergeAsync(first, second, $"merged in {batch.System.Id}", cancellationToken) is not { } survivor)
            return;
        await flows.SendAllAsync([first, second, survivor], batch.Options.Trace, cancellationToken);
        if (batch.Options.Emit)
            batch.Affected[survivor] = batch.Options.Trace;
    }

    private async Task FinishAsync(Batch batch, CancellationToken cancellationToken)
    {
        if (batch.Suppressed > 0)
            logger.Suppressed(batch.System.Id, batch.Suppressed);
        await drops.SendAsync(batch.Dropped, cancellationToken);
        await drops.SendAsync(batch.Erased, cancellationToken);
        foreach (var field in batch.Unreadable.CountBy(field => field))
            logger.Unreadable(batch.System.Id, field.Key, field.Value);
        batch.Enqueued = await emitter.EmitAsync(batch.Affected, batch.Options.Lane, cancellationToken);
        await matches.SendAsync([.. batch.Match.Keys], [.. batch.Pairs], cancellationToken);
        await flows.SendAsync(batch.Told.Keys, batch.Options.Trace, cancellationToken);
    }

    /// <summary>Asked for every field of every change, so that it is a plain loop.</summary>
    private static string? Newest(IReadOnlyList<Sighting> sightings, string field)
    {
        Observation? newest = null;
        foreach (var sighting in sightings)
            foreach (var (name, value, at) in sighting.Values)
                if (name == field && (newest is not { } known || at > known.At || (at == known.At && value.CompareTo(known.Value) > 0)))
                    newest = new(at, value);
        return newest?.Value.Text;
    }

    /// <summary>What one call collects.</summary>
    private sealed class Batch(SystemModel system, ApplyOptions options)
    {
        private int created;
        private int changed;
        private int linked;
        private int suppressed;

        public SystemModel System => system;

        public ApplyOptions Options => options;

        /// <summary>Each with the trace that made it differ.</summary>
        public ConcurrentDictionary<RecordId, string?> Affected { get; } = new();

        /// <summary>Flows' queues and what they are told.</summary>
        public ConcurrentDictionary<(string Queue, RecordId Record), bool> Told { get; } = new();

        public ConcurrentDictionary<RecordId, bool> Match { get; } = new();

        public ConcurrentBag<(RecordId, RecordId)> Pairs { get; } = [];

        public ConcurrentDictionary<ExternalRef, bool> Asked { get; } = new();

        public ConcurrentBag<string> Unreadable { get; } = [];

        public int Suppressed => suppressed;

        public int Enqueued { get; set; }

        /// <summary>What was not taken in; that somebody erased is alive there, whoever erases them must know.</summary>
        public ConcurrentBag<DroppedWrite> Dropped { get; } = [];

        /// <summary>Whom a system erased by itself: whether the others should, a person decides.</summary>
        public ConcurrentBag<ErasedThere> Erased { get; } = [];

        public void Drop(IReadOnlyList<Change> changes, string tombstone)
        {
            Interlocked.Increment(ref suppressed);
            if (changes.OfType<Change.Seen>().LastOrDefault() is { Ref: var reference } seen)
                Dropped.Add(new(reference.System, reference.ObjectType, reference.Id, tombstone, seen.Record.ModifiedAt, options.TraceOf(reference)));
        }

        public void Count(RecordChange change, ExternalRef reference)
        {
            if (change.Before is null)
                Interlocked.Increment(ref created);
            else if (change.Changed)
                Interlocked.Increment(ref changed);
            if (change.Before is { } before && before.Link(reference) is null)
                Interlocked.Increment(ref linked);
        }

        public ApplyReport Report(int changes) => new() { Changes = changes, NewRecords = created, ChangedRecords = changed, Linked = linked, Suppressed = suppressed, Enqueued = Enqueued };
    }
}

/// <summary>The record was merged into another while a change was applied to it; applying again finds the survivor.</summary>
public sealed class RecordMovedException(RecordId record) : Exception($"Record {record} was merged into another one.");
