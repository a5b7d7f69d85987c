using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>
/// Two feeds read from the same position, in one order. When one of them is a full page, what the other says beyond its end is left for
/// the next page, so that one position serves both.
/// </summary>
internal sealed record FeedRows(IReadOnlyList<(FeedPosition Key, JsonElement Json, bool IsRole)> Rows, bool IsLast)
{
    public IReadOnlyList<FeedPosition> Keys => [.. Rows.Select(row => row.Key)];

    public static FeedRows Of(IReadOnlyList<JsonElement> records, IReadOnlyList<JsonElement> roles)
    {
        var all = records.Select(row => (Key: KeyOf(row), row, IsRole: false)).Concat(roles.Select(row => (Key: KeyOf(row), row, IsRole: true))).ToList();
        var ends = new[] { records, roles }.Where(feed => feed.Count >= SalesforceQueries.PageSize).Select(feed => KeyOf(feed[^1])).ToList();
        var inOrder = all.OrderBy(row => row.Key.Time).ThenBy(row => row.Key.Id, StringComparer.Ordinal);
        return new([.. inOrder.Where(row => ends.All(end => Compare(row.Key, end) <= 0))], ends.Count == 0);
    }

    /// <summary>The whole window is done; never behind where it began.</summary>
    public FeedPosition End(DateTimeOffset until, FeedPosition from) =>
        Keys.Append(FeedPosition.At(until)).Append(from).Aggregate((left, right) => Compare(left, right) >= 0 ? left : right);

    private static FeedPosition KeyOf(JsonElement row) => new(SalesforceRow.Stamp(row), SalesforceRow.Id(row));

    private static int Compare(FeedPosition left, FeedPosition right)
    {
        var byTime = left.Time.CompareTo(right.Time);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Id, right.Id);
    }
}
