using System.Globalization;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// Records by the values of one field. Marketo takes the values joined by commas, at most 300, in an address of at most 8 KB; a longer
/// one is refused with 414.
/// </summary>
internal sealed class MarketoLookup(MarketoApi api)
{
    private const int MaxQuery = 7_000;

    /// <summary>A value with a comma cannot be asked for.</summary>
    public static bool CanAsk(string value) => value.Length > 0 && !value.Contains(',', StringComparison.Ordinal);

    public async Task<List<MarketoItem>> FindAsync(MarketoObject type, string field, IEnumerable<string> values, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var found = new List<MarketoItem>();
        foreach (var query in Queries(field, values, fields))
            found.AddRange(await PagesAsync(type, query, cancellationToken).ConfigureAwait(false));
        return found;
    }

    /// <summary>The queries for all values, none longer than Marketo takes; pure.</summary>
    public static IEnumerable<(string Text, int Values)> Queries(string field, IEnumerable<string> values, IReadOnlyList<string> fields)
    {
        var rest = string.Create(CultureInfo.InvariantCulture, $"&fields={string.Join(',', fields.Distinct().Select(Uri.EscapeDataString))}&batchSize={MarketoApi.PageSize}");
        var start = $"filterType={Uri.EscapeDataString(field)}&filterValues=";
        var chunk = new List<string>();
        var length = 0;
        foreach (var value in values.Where(CanAsk).Distinct(StringComparer.OrdinalIgnoreCase).Select(Uri.EscapeDataString))
        {
            if (chunk.Count == MarketoApi.PageSize || (chunk.Count > 0 && start.Length + length + value.Length + rest.Length > MaxQuery))
            {
                yield return (start + string.Join(',', chunk) + rest, chunk.Count);
                (chunk, length) = ([], 0);
            }

            chunk.Add(value);
            length += value.Length + 1;
        }

        if (chunk.Count > 0)
            yield return (start + string.Join(',', chunk) + rest, chunk.Count);
    }

    /// <summary>An address may be shared by more leads than a page holds.</summary>
    private async Task<List<MarketoItem>> PagesAsync(MarketoObject type, (string Text, int Values) query, CancellationToken cancellationToken)
    {
        var found = new List<MarketoItem>();
        for (string? token = null; ;)
        {
            var next = token is null ? query.Text : $"{query.Text}&nextPageToken={Uri.EscapeDataString(token)}";
            var reply = await api.FilterAsync(type, next, query.Values, cancellationToken).ConfigureAwait(false);
            found.AddRange(api.Required(reply, $"{type.Name}.filter").Result);
            if (!reply.MoreResult || reply.NextPageToken is not { Length: > 0 } after)
                return found;
            token = after != token ? after : throw api.Unavailable($"{type.Name}.filter: the paging makes no progress");
        }
    }
}
