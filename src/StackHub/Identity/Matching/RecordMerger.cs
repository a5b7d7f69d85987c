using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Identity.Matching;

/// <summary>
/// Merges records, and takes merges back. The loser stays, frozen, with its own links; the survivor gets a copy. Every step may be
/// repeated, and whoever meets a half-made merge can finish it: the loser is marked first, so nothing is added to it any more. The older
/// of two always lives on: merges only ever point to an older record, so however many are made at once, none can make a circle. What
/// the record says does not depend on which of the two lives on, since all of it is derived from the links.
/// </summary>
public sealed class RecordMerger(RecordStore records, Redirects redirects, ClaimStore claims, ITableStore tables, Horizon horizon, TimeProvider time)
{
    internal const string Partition = "merge";
    private const int MostAttempts = 64;

    /// <summary>
    /// The record that both are now, whoever merged them; null when they cannot be one: they are of two kinds, one is unknown, or a
    /// person said they are not the same.
    /// </summary>
    public async Task<RecordId?> MergeAsync(RecordId first, RecordId second, string reason, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await LivingAsync(first, cancellationToken) is not { } one || await LivingAsync(second, cancellationToken) is not { } other)
                return null;
            if (one.Id == other.Id)
                return one.Id;
            var (survivor, loser) = one.Id.CompareTo(other.Id) < 0 ? (one, other) : (other, one);
            if (survivor.Kind != loser.Kind || AreDistinct(survivor, loser))
                return null;
            var marked = await records.ChangeAsync(loser.Id, record => record is null or { MergedInto: not null } ? record : record with { MergedInto = survivor.Id }, cancellationToken);
            if (marked.After?.MergedInto == survivor.Id)
                return await AbsorbAsync(survivor.Id, marked.After, reason, cancellationToken);
        }
        throw new InvalidOperationException($"Records {first} and {second} were merged by others {MostAttempts} times in a row.");
    }

    /// <summary>
    /// Finishes a merge that was cut off: the links have to be with whoever lives. The survivor that got them now; null when it had them.
    /// </summary>
    public async Task<RecordId?> FinishAsync(HubRecord merged, CancellationToken cancellationToken)
    {
        if (await LivingAsync(merged.Id, cancellationToken) is not { } live || live.Id == merged.Id
            || (live.Absorbed.Contains(merged.Id) && redirects.Follow(merged.Id) == live.Id))
            return null;
        return await AbsorbAsync(merged.MergedInto!.Value, merged, "A merge that had been cut off.", cancellationToken);
    }

    /// <summary>The record, or the one at the end of its merges, as stored now: marks tell it, since redirects may be late. Null when there is none.</summary>
    private async Task<HubRecord?> LivingAsync(RecordId id, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < Redirects.MostHops; hops++)
        {
            var record = (await records.ReadAsync(id, cancellationToken))?.Record;
            if (record?.MergedInto is not { } survivor)
                return record;
            id = survivor;
        }
        throw new InvalidDataException($"The merges of record {id} have no end.");
    }

    /// <summary>A person said that they are not the same, or that those are not who were merged into them.</summary>
    public bool AreDistinct(HubRecord one, HubRecord other) =>
        one.DistinctFrom.Any(id => redirects.Follow(id) == other.Id) || other.DistinctFrom.Any(id => redirects.Follow(id) == one.Id);

    /// <summary>Brings the links of a merged record to its survivor, or to whomever that one was merged into meanwhile.</summary>
    private async Task<RecordId> AbsorbAsync(RecordId survivor, HubRecord loser, string reason, CancellationToken cancellationToken)
    {
        await redirects.AddAsync(loser.Id, survivor, cancellationToken);
        await EnterAsync(new(loser.Id, survivor, time.GetUtcNow(), reason, [.. loser.Links.Select(link => link.Ref.ToString())]), cancellationToken);
        var living = survivor;
        while ((await records.ChangeAsync(living, record => record is null or { MergedInto: not null } ? record : Absorb(record, loser), cancellationToken)).After?.MergedInto is { } next)
            living = next;
        return living;
    }

    private HubRecord Absorb(HubRecord record, HubRecord loser)
    {
        if (record.Absorbed.Contains(loser.Id))
            return record;
        foreach (var link in loser.Links)
            record = record.With(record.Link(link.Ref) is { } own ? own.Union(link, horizon) : link);
        return record.WithSent(loser.SentCreates, horizon) with
        {
            Absorbed = record.Absorbed.Add(loser.Id).Union(loser.Absorbed),
            GivenBack = record.GivenBack.RemoveRange(loser.Links.Select(link => link.Ref)),
            DistinctFrom = record.DistinctFrom.Union(loser.DistinctFrom),
            Contested = false,
        };
    }

    /// <summary>Whoever finishes a merge does not know why it was made: the entry of who began it stays.</summary>
    private async Task EnterAsync(MergeEntry entry, CancellationToken cancellationToken)
    {
        var row = ToRow(entry);
        if (await tables.GetAsync(Tables.Merges, Partition, row.Row, cancellationToken) is not { } known || Of(known).UndoneAt is not null)
            await tables.UpsertAsync(Tables.Merges, row, cancellationToken);
    }

    /// <summary>
    /// Gives the merged record its links back, with all they learned since, and remembers that the two are not the same. False when
    /// there is no such merge.
    /// </summary>
    public async Task<bool> UndoAsync(RecordId loser, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Tables.Merges, Partition, loser.ToString(), cancellationToken) is not { } row || Of(row) is not { UndoneAt: null } entry)
            return false;
        var survivor = redirects.Follow(entry.Survivor);
        var own = (await records.ReadAsync(loser, cancellationToken))!.Record;
        var refs = own.Links.Select(link => link.Ref).ToHashSet();
        // First the copy, then the letting go, then the life of its own: cut off anywhere, nothing that was learned is lost.
        await ReturnAsync(loser, (await records.ReadAsync(survivor, cancellationToken))?.Record, refs, cancellationToken);
        var released = await records.ChangeAsync(survivor, record => record is null || !record.Absorbed.Contains(loser) ? record : record with
        {
            Links = record.Links.RemoveAll(link => refs.Contains(link.Ref)),
            Absorbed = record.Absorbed.Remove(loser),
            GivenBack = record.GivenBack.SetItems(refs.Select(reference => KeyValuePair.Create(reference, loser))),
            DistinctFrom = record.DistinctFrom.Add(loser),
        }, cancellationToken);
        await ReturnAsync(loser, released.Before, refs, cancellationToken);
        await records.ChangeAsync(loser, record => record! with { MergedInto = null, DistinctFrom = record.DistinctFrom.Add(survivor) }, cancellationToken);
        await redirects.RemoveAsync(loser, cancellationToken);
        foreach (var reference in refs)
            await claims.AssignAsync(reference, loser, cancellationToken);
        await tables.UpsertAsync(Tables.Merges, ToRow(entry with { UndoneAt = time.GetUtcNow() }), cancellationToken);
        return true;
    }

    private Task ReturnAsync(RecordId loser, HubRecord? survivor, HashSet<ExternalRef> refs, CancellationToken cancellationToken) =>
        records.ChangeAsync(loser, record =>
        {
            foreach (var link in survivor?.Links.Where(link => refs.Contains(link.Ref)) ?? [])
                record = record!.With(record.Link(link.Ref) is { } frozen ? frozen.Union(link, horizon) : link);
            return record;
        }, cancellationToken);

    /// <summary>The last merge of a record into another, undone or not; null when there was none.</summary>
    public async Task<MergeEntry?> FindAsync(RecordId loser, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Merges, Partition, loser.ToString(), cancellationToken) is { } row ? Of(row) : null;

    public async Task<(IReadOnlyList<MergeEntry> Merges, string? Next)> ListAsync(string? from, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Merges, TableRange.In(Partition), take, from, cancellationToken);
        return ([.. page.Rows.Select(Of)], page.Continuation);
    }

    private static TableRow ToRow(MergeEntry entry)
    {
        var values = new Dictionary<string, object>
        {
            ["Survivor"] = entry.Survivor.ToString(),
            ["At"] = entry.At,
            ["Reason"] = entry.Reason,
            ["Links"] = string.Join('\n', entry.Links),
        };
        if (entry.UndoneAt is { } undone)
            values["UndoneAt"] = undone;
        return new(Partition, entry.Loser.ToString(), values);
    }

    private static MergeEntry Of(TableRow row) =>
        new(RecordId.Parse(row.Row), RecordId.Parse(row.Text("Survivor")!), row.Value<DateTimeOffset>("At")!.Value, row.Text("Reason")!, row.Text("Links")!.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            UndoneAt = row.Value<DateTimeOffset>("UndoneAt"),
        };
}
