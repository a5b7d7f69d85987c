using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <summary>
/// The change feed of one type. Vendors date by the second and order within it as they like, so each moment is told whole, by id. Where pages
/// are counted, a record that changes meanwhile would shift the rest past the counter; so the next page begins at the last moment told, and
/// only inside one moment is counted.
/// </summary>
internal sealed class DeclarativeFeed(DeclarativeApi api, DeclarativePages pages, DeclarativeReader reader, ObjectSpec type)
{
    public async IAsyncEnumerable<FeedPage> ChangesAsync(IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = from.Time == Cut(from.Time) ? from : FeedPosition.At(Cut(from.Time)); // a position inside a unit comes from a clock
        var (asked, place, waiting) = (position.Time - type.Precision, (string?)null, new Dictionary<string, (DateTimeOffset At, JsonNode Item)>(StringComparer.Ordinal));
        while (true)
        {
            var page = await pages.PageAsync(type.Feed, NamesOf(asked, until), place, mayBeGone: false, cancellationToken);
            if (page.Next is not null && page.Next == place)
                throw api.Unavailable($"{type.Name}.feed: the feed makes no progress");
            var newest = Take(page.Items, position, until, waiting);
            var whole = Whole(waiting, page.Next is null ? DateTimeOffset.MaxValue : newest);
            if (whole.Count > 0)
            {
                position = new(whole[^1].At, whole[^1].Id);
                yield return new([.. whole.Select(change => reader.Seen(change.Item, fields))], position);
            }
            if (page.Next is null)
                break;
            (asked, place) = type.Feed.Paging.Kind == PagingKind.Offset && newest - type.Precision > asked ? (newest - type.Precision, null) : (asked, page.Next);
        }
        if (position.Time < until)
            yield return new([], FeedPosition.At(until));
    }

    /// <summary>Adds what is behind the position; the time of the page's last record.</summary>
    private DateTimeOffset Take(IReadOnlyList<JsonNode> items, FeedPosition position, DateTimeOffset until, Dictionary<string, (DateTimeOffset At, JsonNode Item)> waiting)
    {
        var newest = DateTimeOffset.MinValue;
        foreach (var item in items)
        {
            var at = DeclarativeMapping.ModifiedOf(type, item) ?? throw api.Unavailable($"{type.Name}.feed: a record has no time at '{type.Modified}'");
            if (at < newest)
                throw api.Unavailable($"{type.Name}.feed: the vendor's answer is not in the order of '{type.Modified}'");
            newest = at;
            var id = reader.RefOf(item).Id;
            if (at <= until && (at > position.Time || (at == position.Time && string.CompareOrdinal(id, position.Id) > 0)))
                waiting[id] = (at, item);
        }
        return newest;
    }

    /// <summary>Takes out what is complete: all moments before the newest, which may go on on the next page.</summary>
    private static List<(DateTimeOffset At, string Id, JsonNode Item)> Whole(Dictionary<string, (DateTimeOffset At, JsonNode Item)> waiting, DateTimeOffset before)
    {
        var whole = waiting.Where(entry => entry.Value.At < before).Select(entry => (entry.Value.At, entry.Key, entry.Value.Item))
            .OrderBy(change => change.At).ThenBy(change => change.Key, StringComparer.Ordinal).ToList();
        foreach (var change in whole)
            waiting.Remove(change.Key);
        return whole;
    }

    private Names NamesOf(DateTimeOffset asked, DateTimeOffset until) => api.Names.With("from", Text(asked)).With("until", Text(Cut(until) + type.Precision));

    private DateTimeOffset Cut(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % type.Precision.Ticks), TimeSpan.Zero);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
