using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>Full reads and reads by id.</summary>
internal sealed class SalesforceReader(SalesforceApi api, RowContexts contexts, RecordFates fates, SystemId system, TimeProvider time)
{
    public async IAsyncEnumerable<ScanPage> ScanAsync(SalesforceObject type, IReadOnlyList<string> asked, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var selection = new FieldSelection(type, asked);
        while (true)
        {
            var rows = await SelectAsync("scan", selection, fields => SalesforceQueries.Scan(type, fields, checkpoint), all: false, cancellationToken).ConfigureAwait(false);
            var context = await contexts.ForAsync(type, selection, rows, dated: false, cancellationToken).ConfigureAwait(false);
            var last = rows.Count == 0 ? checkpoint : SalesforceRow.Id(rows[^1]);
            var more = rows.Count >= SalesforceQueries.PageSize;
            if (more && last == checkpoint)
                throw new InvalidOperationException($"{system}: the scan of {type.Name} makes no progress.");
            yield return new([.. rows.Select(row => SalesforceMapping.ToChange(system, type, row, context)).OfType<Change.Seen>()], more ? last : null);
            if (!more)
                yield break;
            checkpoint = last;
        }
    }

    public async Task<IReadOnlyList<Change>> ReadAsync(SalesforceObject type, IReadOnlyList<string> asked, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, SalesforceObject.Batch);
        var selection = new FieldSelection(type, asked);
        var wanted = ids.Select(SalesforceId.Full).Distinct(StringComparer.Ordinal).ToList();
        var rows = await ByIdsAsync(type, selection, wanted, cancellationToken).ConfigureAwait(false);
        var context = await contexts.ForAsync(type, selection, rows, dated: true, cancellationToken).ConfigureAwait(false);
        var changes = rows.ToDictionary(SalesforceRow.Id, row => SalesforceMapping.ToChange(system, type, row, context), StringComparer.Ordinal);
        foreach (var id in wanted)
            changes.TryAdd(id, new Change.Deleted(type.Ref(system, id), time.GetUtcNow()));
        return await ToSurvivorsAsync([.. wanted.Select(id => changes[id])], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A query whose hidden fields are left out one by one.</summary>
    public async Task<IReadOnlyList<JsonElement>> SelectAsync(string operation, FieldSelection selection, Func<IReadOnlyList<string>, string> query, bool all, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await api.QueryAsync(operation, query(selection.Fields), all, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is null)
                return answer.Rows;
            if (!selection.LeaveOut(answer.Refusal))
                throw api.Unavailable(operation, answer.Refusal);
        }
    }

    private async Task<IReadOnlyList<JsonElement>> ByIdsAsync(SalesforceObject type, FieldSelection selection, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [];
        var length = Uri.EscapeDataString(SalesforceQueries.ByIds(type, selection.Fields, [])).Length;
        foreach (var run in Soql.Runs(ids, SalesforceObject.Batch, length))
            rows.AddRange(await SelectAsync("read", selection, fields => SalesforceQueries.ByIds(type, fields, run), all: true, cancellationToken).ConfigureAwait(false));
        return rows;
    }

    /// <summary>A merge's survivor may itself have been merged since.</summary>
    private async Task<IReadOnlyList<Change>> ToSurvivorsAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var moves = changes.OfType<Change.Moved>().Select(moved => moved.To).ToList();
        if (moves.Count == 0)
            return changes;
        var found = await fates.FindAsync(moves, cancellationToken).ConfigureAwait(false);
        return [.. changes.Select(change => change is Change.Moved moved && found[moved.To] is RecordFate.Moved on ? moved with { To = on.To } : change)];
    }
}
