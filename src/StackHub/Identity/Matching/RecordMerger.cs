using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Identity.Matching;

/// <summary>
/// Merges records, and takes merges back. The loser stays, frozen, with its own links; the survivor gets a copy. Every step may be
/// repeated, and whoever meets a half-made merge can finish it: the loser is marked first, so nothing is added to it any more.
/// </summary>
public sealed class RecordMerger(RecordStore records, Redirects redirects, ClaimStore claims, ITableStore tables, Horizon horizon, TimeProvider time)
{
    private const string Partition = "merge";

    /// <summary>True when they are one now, whoever did it. Nothing happens when a person said they are not the same.</summary>
    public async Task<bool> MergeAsync(RecordId survivor, RecordId loser, string reason, CancellationToken cancellationToken)
    {
        (survivor, loser) = (redirects.Follow(survivor), redirects.Follow(loser));
        if (survivor == loser)
            return true;
        var target = (await records.ReadAsync(survivor, cancellationToken))?.Record;
        if (target is null || target.MergedInto is not null || target.DistinctFrom.Contains(loser))
            return false;
        var marked = await records.ChangeAsync(loser, record => record is null || record.MergedInto is not null || record.Kind != target.Kind ? record : record with { MergedInto = survivor }, cancellationToken);
        if (marked.After?.MergedInto != survivor)
            return false;
        await AbsorbAsync(survivor, marked.After, cancellationToken);
        var entry = new MergeEntry(loser, survivor, time.GetUtcNow(), reason, [.. marked.After.Links.Select(link => link.Ref.ToString())]);
        await tables.UpsertAsync(Tables.Merges, ToRow(entry), cancellationToken);
        return true;
    }

    /// <summary>
    /// Finishes a merge that was cut off, or whose survivor was itself merged at that moment: the links have to be with whoever lives.
    /// The survivor that got them now; null when it had them.
    /// </summary>
    public async Task<RecordId?> FinishAsync(HubRecord merged, CancellationToken cancellationToken)
    {
        var survivor = redirects.Follow(merged.MergedInto!.Value);
        if (survivor == merged.Id || (await records.ReadAsync(survivor, cancellationToken))?.Record is not { MergedInto: null } live || live.Absorbed.Contains(merged.Id))
            return null;
        await AbsorbAsync(survivor, merged, cancellationToken);
        return survivor;
    }

    /// <summary>Brings the links of a merged record to its survivor; also finishes a merge that was cut off.</summary>
    public async Task AbsorbAsync(RecordId survivor, HubRecord loser, CancellationToken cancellationToken)
    {
        await redirects.AddAsync(loser.Id, survivor, cancellationToken);
        await records.ChangeAsync(survivor, record =>
        {
            if (record is null || record.Absorbed.Contains(loser.Id))
                return record;
            foreach (var link in loser.Links)
                record = record.With(record.Link(link.Ref) is { } own ? own.Union(link, horizon) : link);
            record = record.WithSent(loser.SentCreates, horizon);
            return record with { Absorbed = record.Absorbed.Add(loser.Id).Union(loser.Absorbed), GivenBack = record.GivenBack.RemoveRange(loser.Links.Select(link => link.Ref)), Contested = false };
        }, cancellationToken);
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
