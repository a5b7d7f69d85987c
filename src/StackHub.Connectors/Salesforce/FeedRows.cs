using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>
/// Records and contact roles read from the same position, in one order. When one of the two is a full page, what the other says beyond
/// its end is left for the next page, so that one position serves both.
/// </summary>
/// <param name="End">Where the next page begins; null when the window is done.</param>
internal sealed record FeedRows(IReadOnlyList<JsonElement> Records, IReadOnlyList<JsonElement> Roles, FeedPosition? End)
{
    public static FeedRows Of(IReadOnlyList<JsonElement> records, IReadOnlyList<JsonElement> roles)
    {
        var ends = new[] { records, roles }.Where(IsFull).Select(feed => KeyOf(feed[^1])).ToList();
        if (ends.Count == 0)
            return new(records, roles, End: null);
        var end = ends.Aggregate((left, right) => Compare(left, right) <= 0 ? left : right);
        return new(UpTo(end, records), UpTo(end, roles), end);
    }

    /// <summary>The position when the window is done: its end, and never behind where it began.</summary>
    public FeedPosition Done(FeedPosition from, DateTimeOffset until) =>
        new[] { Records, Roles }.Where(feed => feed.Count > 0).Select(feed => KeyOf(feed[^1]))
            .Append(FeedPosition.At(until)).Append(from)
            .Aggregate((left, right) => Compare(left, right) >= 0 ? left : right);

    public static FeedPosition KeyOf(JsonElement row) => new(SalesforceRow.Stamp(row), SalesforceRow.Id(row));

    private static bool IsFull(IReadOnlyList<JsonElement> feed) => feed.Count >= SalesforceQueries.PageSize;

    /// <summary>A feed that ends here is whole: its order is Salesforce's own, and ids are compared only between the two types.</summary>
    private static IReadOnlyList<JsonElement> UpTo(FeedPosition end, IReadOnlyList<JsonElement> feed) =>
        feed.Count == 0 || KeyOf(feed[^1]) == end ? feed : [.. feed.TakeWhile(row => Compare(KeyOf(row), end) <= 0)];

    private static int Compare(FeedPosition left, FeedPosition right)
    {
        var byTime = left.Time.CompareTo(right.Time);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Id, right.Id);
    }
}
