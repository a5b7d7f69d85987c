using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>
/// Changed contacts, by search. Its time filters cut at whole days of the workspace's own time zone (its sorting does not), so the
/// filter only narrows by days and the exact window is cut here: https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/contacts/searchcontacts.
/// A short window is read newest first, until its start. A long one is read oldest first, so that memory stays bounded; where the
/// search ignores the order that is asked for, it is read newest first, day by day.
/// </summary>
internal sealed class IntercomContactFeed(IntercomApi api, SystemId system)
{
    private const int ShortWindow = 3_000;

    // "> x" begins at the day after x's day, and the longest day (a clock change) has 25 hours.
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    // After every id of its second.
    private const string Last = "\uffff";

    public async IAsyncEnumerable<FeedPage> ChangesAsync(IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in BatchesAsync(from, until, cancellationToken))
        {
            foreach (var run in batch.DistinctBy(c => c.Id).OrderBy(UpdatedAt).ThenBy(c => c.Id, StringComparer.Ordinal).Chunk(IntercomApi.PageSize))
                yield return PageOf(run, fields);
        }
    }

    /// <summary>The window's contacts in batches: each batch is later than the one before, and holds its last second whole.</summary>
    private async IAsyncEnumerable<IReadOnlyList<IntercomItem>> BatchesAsync(FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await NewestFirstAsync(from, until, ShortWindow, cancellationToken) is { } tail)
        {
            yield return tail;
        }
        else if (await IsSortedOnRequestAsync(from, until, cancellationToken))
        {
            await foreach (var seconds in OldestFirstAsync(from, until, cancellationToken))
                yield return seconds;
        }
        else
        {
            for (var start = from; start.Time < until; start = new FeedPosition(start.Time + Day, Last))
                yield return await NewestFirstAsync(start, Earlier(start.Time + Day, until), int.MaxValue, cancellationToken) ?? [];
        }
    }

    /// <summary>The whole window, or null when it holds more than the limit.</summary>
    private async Task<List<IntercomItem>?> NewestFirstAsync(FeedPosition from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        List<IntercomItem> kept = [];
        await foreach (var page in PagesAsync(from, until, descending: true, cancellationToken))
        {
            kept.AddRange(page.Where(c => IsIn(c, from, until)));
            if (UpdatedAt(page[^1]) < from.Time)
                return kept;
            if (kept.Count > limit)
                return null;
        }
        return kept;
    }

    private async Task<bool> IsSortedOnRequestAsync(FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var newest = await api.SearchAsync(SearchOf(from, until, descending: true, cursor: null), IntercomApi.PageSize, cancellationToken);
        var oldest = await api.SearchAsync(SearchOf(from, until, descending: false, cursor: null), IntercomApi.PageSize, cancellationToken);
        return newest.Data is [var last, ..] && oldest.Data is [var first, ..] && UpdatedAt(new IntercomItem(first)) < UpdatedAt(new IntercomItem(last));
    }

    /// <summary>Batches of whole seconds: within a second the vendor's order is not the ids'.</summary>
    private async IAsyncEnumerable<IReadOnlyList<IntercomItem>> OldestFirstAsync(FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<IntercomItem> open = [];
        await foreach (var page in PagesAsync(from, until, descending: false, cancellationToken))
        {
            open.AddRange(page.Where(c => IsIn(c, from, until)));
            var last = UpdatedAt(page[^1]);
            var whole = open.FindAll(c => UpdatedAt(c) < last);
            if (whole.Count > 0)
                yield return whole;
            open.RemoveAll(c => UpdatedAt(c) < last);
            if (last > until)
                break;
        }
        if (open.Count > 0)
            yield return open;
    }

    private async IAsyncEnumerable<IReadOnlyList<IntercomItem>> PagesAsync(FeedPosition from, DateTimeOffset until, bool descending, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        for (string? cursor = null; ;)
        {
            var page = await api.SearchAsync(SearchOf(from, until, descending, cursor), IntercomApi.PageSize, cancellationToken);
            IntercomItem[] items = [.. (page.Data ?? []).Select(d => new IntercomItem(d))];
            if (items.Length == 0)
                yield break;
            // Newest first, a page may begin above the last one: the contact the cursor stood at has changed. Nothing is left out by that.
            Require(InSequence(items, descending ? null : last, descending), "the answer is not sorted by updated_at");
            last = UpdatedAt(items[^1]);
            yield return items;

            if (page.NextCursor is not { } next)
                yield break;
            Require(next != cursor, "the cursor makes no progress");
            cursor = next;
        }
    }

    private static IntercomSearch SearchOf(FeedPosition from, DateTimeOffset until, bool descending, string? cursor) => new(
        new IntercomFilterGroup("AND",
        [
            new IntercomFilter("updated_at", ">", Math.Max(0, (from.Time - Day).ToUnixTimeSeconds())),
            new IntercomFilter("updated_at", "<", (until + Day).ToUnixTimeSeconds()),
        ]),
        new IntercomPaging(IntercomApi.PageSize, cursor),
        new IntercomSort("updated_at", descending ? "descending" : "ascending"));

    /// <summary>A window read by its order must be in order: what is not would be lost without a word.</summary>
    private bool InSequence(IntercomItem[] items, DateTimeOffset? before, bool descending)
    {
        foreach (var time in items.Select(UpdatedAt))
        {
            if (before is { } last && (descending ? time > last : time < last))
                return false;
            before = time;
        }
        return true;
    }

    private bool IsIn(IntercomItem item, FeedPosition from, DateTimeOffset until)
    {
        var time = UpdatedAt(item);
        return time <= until && (time > from.Time || (time == from.Time && string.CompareOrdinal(item.Id, from.Id) > 0));
    }

    private FeedPage PageOf(IntercomItem[] items, IReadOnlyList<string> fields) => new(
        [.. items.Select(c => new Change.Seen(IntercomMapping.ToRecord(c, new ExternalRef(system, IntercomFields.Contacts, c.Id!), UpdatedAt(c), fields)))],
        new FeedPosition(UpdatedAt(items[^1]), items[^1].Id!));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private DateTimeOffset UpdatedAt(IntercomItem item) => item.UpdatedAt ?? throw api.Unavailable("contacts.search: a contact without updated_at");

    private void Require(bool holds, string sentence)
    {
        if (!holds)
            throw api.Unavailable($"contacts.search: {sentence}");
    }
}
