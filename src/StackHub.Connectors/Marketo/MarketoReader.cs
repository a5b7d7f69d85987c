using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// Reads by key, and full reads. Marketo lists nothing: a bulk export tells which leads there are, and which companies they belong to, and
/// the records are then read by key, in Marketo's own types instead of a file's texts.
/// </summary>
internal sealed class MarketoReader(MarketoApi api, MarketoLookup lookup, MarketoExports exports, SystemId system, TimeProvider time)
{
    public async IAsyncEnumerable<ScanPage> ScanAsync(MarketoObject type, IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (type == MarketoObject.Opportunities)
        {
            yield return new ScanPage([], Checkpoint: null); // neither a list nor an export tells of opportunities
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var page in exports.PagesAsync(type.Key == "id" ? "id" : MarketoObject.CompanyKey, checkpoint, cancellationToken).ConfigureAwait(false))
        {
            string[] keys = type.IsLeads ? [.. page.Values] : [.. page.Values.Where(seen.Add)];
            var read = await ReadAsync(type, fields, keys, cancellationToken).ConfigureAwait(false);
            yield return new ScanPage([.. read.OfType<Change.Seen>()], page.Checkpoint);
        }
    }

    /// <summary>One change for each key, in order; a merged lead is not told from a deleted one here, but by the feed.</summary>
    public async Task<IReadOnlyList<Change>> ReadAsync(MarketoObject type, IReadOnlyList<string> fields, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        string[] asked = [type.Key, MarketoObject.UpdatedAt, .. fields];
        var items = await lookup.FindAsync(type, type.Key, keys, asked, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, MarketoItem>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
            found[item.Text(type.Key) ?? throw api.Unavailable($"{type.Name}: a record without {type.Key}")] = item;
        return [.. keys.Select(key => found.TryGetValue(key, out var item) ? SeenOf(type, item, key, fields) : new Change.Deleted(type.Ref(system, key), time.GetUtcNow()))];
    }

    private Change SeenOf(MarketoObject type, MarketoItem item, string key, IReadOnlyList<string> fields) => new Change.Seen(MarketoMapping.ToRecord(
        item, type.Ref(system, key), item.UpdatedAt ?? throw api.Unavailable($"{type.Name}: a record without updatedAt"), fields));
}
