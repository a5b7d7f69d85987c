using System.Globalization;
using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// The change feed over HubSpot's search. Every request asks anew from the last (time, id) instead of paging by offset: a record that
/// changes meanwhile leaves the window and would shift the pages behind it, and HubSpot refuses offsets past 10,000
/// (airbytehq/airbyte#10700). Times shared by more records than a page are walked by id (airbytehq/airbyte#43317).
/// </summary>
internal sealed class HubSpotFeed(SystemId system, HubSpotApi api, HubSpotReader reader, bool listDeletions)
{
    private const int PageSize = 200;

    public async IAsyncEnumerable<FeedPage> ChangesAsync(HubSpotObject type, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var deletions = listDeletions ? await DeletionsAsync(type, from, until, cancellationToken).ConfigureAwait(false) : new();
        var position = from;
        await foreach (var keys in KeysAsync(type, from, until, cancellationToken).ConfigureAwait(false))
        {
            var (read, merges) = await reader.ReadWithMergesAsync(type, fields, [.. keys.Select(k => k.Id!)], cancellationToken).ConfigureAwait(false);
            position = new(keys[^1].Time, keys[^1].Id!);
            yield return new FeedPage([.. Merge(keys, read, deletions), .. merges], position);
        }

        var end = position.Time == until ? position : FeedPosition.At(until);
        yield return new FeedPage([.. Take(deletions, new Key(until, null))], end);
    }

    /// <summary>Keys of changed records in (time, id) order, a page at a time.</summary>
    private async IAsyncEnumerable<IReadOnlyList<Key>> KeysAsync(HubSpotObject type, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var done = new Key(from.Time, from.Id);
        var lower = Bound(type, "GTE", from.Time);
        while (true)
        {
            var page = await SearchAsync(type, [lower, Bound(type, "LTE", until)], type.Modified, cancellationToken).ConfigureAwait(false);
            var isLast = page.Count < PageSize;
            var last = page.Count == 0 ? until : page.Max(k => k.Time);
            var whole = page.Where(k => k.CompareTo(done) > 0 && (isLast || k.Time < last)).Order().ToList();
            if (whole.Count > 0)
            {
                yield return whole;
                done = whole[^1];
            }

            if (isLast)
                yield break;
            if (last < done.Time)
                throw NoProgress(type);
            if (whole.Count > 0) // the last time may go on behind the page: ask again from it
            {
                lower = Bound(type, "GTE", last);
                continue;
            }

            await foreach (var same in SameTimeAsync(type, last, done, cancellationToken).ConfigureAwait(false))
            {
                yield return same;
                done = same[^1];
            }

            lower = Bound(type, "GT", last);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<Key>> SameTimeAsync(HubSpotObject type, DateTimeOffset time, Key done, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = done.Time == time && done.Id is { Length: > 0 } known ? known : "0";
        while (true)
        {
            var page = await SearchAsync(type, [Bound(type, "EQ", time), new(HubSpotObject.Id, "GT", id)], HubSpotObject.Id, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
                yield break;
            var ordered = page.Order().ToList();
            if (ordered[0].CompareTo(new Key(time, id)) <= 0)
                throw NoProgress(type);
            yield return ordered;
            if (page.Count < PageSize)
                yield break;
            id = ordered[^1].Id!;
        }
    }

    private async Task<List<Key>> SearchAsync(HubSpotObject type, IReadOnlyList<HubSpotFilter> filters, string sort, CancellationToken cancellationToken)
    {
        // HubSpot takes one sort only; it asks for all of these members, even unused (its own description says required).
        var search = new HubSpotSearch([new(filters)], [sort], [type.Modified], PageSize, After: "0");
        var page = await api.SearchAsync(type, search, cancellationToken).ConfigureAwait(false);
        return [.. page.Results.Select(r => new Key(TimeOf(type, r), r.Id)).Distinct()];
    }

    private async Task<Queue<Change.Deleted>> DeletionsAsync(HubSpotObject type, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var deleted = new List<Change.Deleted>();
        string? after = null;
        do
        {
            var page = await api.ListAsync(type, new HubSpotListing([HubSpotObject.Id], History: false, 100, after, Archived: true), cancellationToken).ConfigureAwait(false);
            deleted.AddRange(page.Results.Select(r => new Change.Deleted(new(system, type.Name, r.Id), r.ArchivedAt ?? r.UpdatedAt ?? until)));
            after = page.Paging?.Next?.After == after ? null : page.Paging?.Next?.After;
        }
        while (after is not null);

        var start = new Key(from.Time, from.Id);
        return new(deleted.Where(d => d.At <= until && KeyOf(d).CompareTo(start) > 0).OrderBy(KeyOf));
    }

    private static List<Change> Merge(IReadOnlyList<Key> keys, IReadOnlyList<Change> read, Queue<Change.Deleted> deletions)
    {
        var changes = new List<Change>(read.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            changes.AddRange(Take(deletions, keys[i]));
            changes.Add(read[i]);
        }

        return changes;
    }

    private static IEnumerable<Change> Take(Queue<Change.Deleted> deletions, Key upTo)
    {
        while (deletions.TryPeek(out var next) && KeyOf(next).CompareTo(upTo) <= 0)
            yield return deletions.Dequeue();
    }

    private static Key KeyOf(Change.Deleted deletion) => new(deletion.At, deletion.Ref.Id);

    private static DateTimeOffset TimeOf(HubSpotObject type, HubSpotRecord record) =>
        DateTimeOffset.TryParse(HubSpotMapping.Text(type.Modified, record.Property(type.Modified)), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : record.UpdatedAt ?? DateTimeOffset.UnixEpoch;

    private static HubSpotFilter Bound(HubSpotObject type, string comparison, DateTimeOffset time) =>
        new(type.Modified, comparison, time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    private VendorUnavailableException NoProgress(HubSpotObject type) => new(system, $"{type.Name}.search: the feed makes no progress");

    /// <summary>HubSpot's ids are numbers; an empty one comes before all, null behind all.</summary>
    private readonly record struct Key(DateTimeOffset Time, string? Id) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            var byTime = Time.CompareTo(other.Time);
            if (byTime != 0)
                return byTime;
            if (Id is null || other.Id is null)
                return (Id is null ? 1 : 0) - (other.Id is null ? 1 : 0);
            var byLength = Id.Length.CompareTo(other.Id.Length);
            return byLength != 0 ? byLength : string.CompareOrdinal(Id, other.Id);
        }
    }
}
