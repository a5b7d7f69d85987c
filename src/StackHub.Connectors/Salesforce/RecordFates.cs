using System.Text.Json;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>Follows records through merges and conversions, one after another, to where they are now.</summary>
internal sealed class RecordFates(SalesforceApi api, SystemId system)
{
    /// <summary>More merges in a row than people make.</summary>
    private const int LongestChain = 10;

    public async Task<IReadOnlyDictionary<ExternalRef, RecordFate>> FindAsync(IReadOnlyCollection<ExternalRef> records, CancellationToken cancellationToken)
    {
        var current = records.Distinct().ToDictionary(record => record, record => record);
        var fates = new Dictionary<ExternalRef, RecordFate>();
        for (var hop = 0; current.Count > 0 && hop <= LongestChain; hop++)
        {
            var rows = await RowsAsync(current.Values, cancellationToken).ConfigureAwait(false);
            foreach (var (start, at) in current.ToList())
                Step(start, at, rows, fates, current);
        }

        return fates;
    }

    private void Step(ExternalRef start, ExternalRef at, Dictionary<string, JsonElement> rows, Dictionary<ExternalRef, RecordFate> fates, Dictionary<ExternalRef, ExternalRef> current)
    {
        var found = rows.TryGetValue(at.Id, out var row);
        if (found && SalesforceMapping.MovedTo(system, SalesforceObject.Get(at.ObjectType), row) is { } next)
        {
            fates[start] = new RecordFate.Moved(next); // also when the chain is cut short: one step on is nearer
            current[start] = next;
            return;
        }

        var gone = !found || SalesforceRow.Is(row, "IsDeleted");
        if (gone)
            fates[start] = new RecordFate.Gone();
        else if (at == start)
            fates[start] = new RecordFate.Live();
        current.Remove(start);
    }

    private async Task<Dictionary<string, JsonElement>> RowsAsync(IEnumerable<ExternalRef> records, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var group in records.GroupBy(record => record.ObjectType))
        {
            var type = SalesforceObject.Get(group.Key);
            var ids = group.Select(record => record.Id).Distinct().ToList();
            foreach (var row in await api.RunsAsync("fates", ids, run => SalesforceQueries.Fates(type, run), cancellationToken).ConfigureAwait(false))
                rows[SalesforceRow.Id(row)] = row;
        }

        return rows;
    }
}
