namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Which row of a job is about which record; pure. A row says so by its index, by the record's id or by its external id; the file describes
/// rows with neither, which then stand for the records that are left, in order. Null where nothing tells.
/// </summary>
internal static class ZendeskRows
{
    public static ZendeskRow?[] Match(IReadOnlyList<ZendeskRow> rows, IReadOnlyList<ZendeskSent> sent)
    {
        var found = new ZendeskRow?[sent.Count];
        var left = rows.ToList();
        Take(row => row.Index is { } index && index >= 0 && index < sent.Count ? index : null);
        Take(row => row.Index is null && row.Id is { } id ? IndexOf(one => one.Id == id) : null);
        Take(row => row.ExternalId is { Length: > 0 } external ? IndexOf(one => string.Equals(one.ExternalId, external, StringComparison.OrdinalIgnoreCase)) : null);
        int[] open = [.. Enumerable.Range(0, sent.Count).Where(index => found[index] is null)];
        if (open.Length == left.Count)
        {
            foreach (var (index, row) in open.Zip(left))
                found[index] = row;
        }
        return found;

        void Take(Func<ZendeskRow, int?> indexOf) => left.RemoveAll(row =>
        {
            if (indexOf(row) is not { } index || found[index] is not null)
                return false;
            found[index] = row;
            return true;
        });

        int? IndexOf(Func<ZendeskSent, bool> isIt)
        {
            for (var index = 0; index < sent.Count; index++)
                if (found[index] is null && isIt(sent[index]))
                    return index;
            return null;
        }
    }
}

/// <summary>What identifies a record of a job: the id of an update, the external id of a create.</summary>
internal readonly record struct ZendeskSent(long? Id, string? ExternalId);
