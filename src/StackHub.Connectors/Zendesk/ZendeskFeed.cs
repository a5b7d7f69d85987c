using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Changes, by the incremental exports: users by cursor, organizations by time. Both begin at a whole second, and within a second their order
/// is nobody's promise, so a second is told when it is whole. Deleted records are in them: users as inactive, organizations with a deleted_at.
/// </summary>
internal sealed class ZendeskFeed(ZendeskApi api, ZendeskReader reader, ZendeskOptions options, SystemId system)
{
    private static readonly Comparer<string> ById = Comparer<string>.Create(CompareIds);

    public async IAsyncEnumerable<FeedPage> ChangesAsync(ZendeskType type, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ZendeskItem> open = [];
        await foreach (var items in (type.IsUsers ? UsersAsync(from, cancellationToken) : OrganizationsAsync(from, cancellationToken)).ConfigureAwait(false))
        {
            open.AddRange(items.Where(item => IsIn(type, item, from, until)));
            var last = items.Max(item => reader.TimeOf(type, item));
            var whole = open.FindAll(item => reader.TimeOf(type, item) < last);
            open.RemoveAll(item => reader.TimeOf(type, item) < last);
            if (PageOf(type, whole, fields) is { } page)
                yield return page;
            if (last > until)
                break;
        }
        if (PageOf(type, open, fields) is { } rest)
            yield return rest;
    }

    /// <summary>Pages in the order of change. A cursor that is no longer good is begun anew at the last second; what was told already is left out later.</summary>
    private async IAsyncEnumerable<IReadOnlyList<ZendeskItem>> UsersAsync(FeedPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = Seconds(from.Time);
        var restartedAt = -1L;
        string? cursor = null;
        while (true)
        {
            var page = await api.ExportUsersAsync(start, cursor, cancellationToken).ConfigureAwait(false);
            if (page is null && (cursor is null || restartedAt == start))
                throw api.Unavailable("incremental.users: the cursor is refused again and again");
            if (page is null)
            {
                (cursor, restartedAt) = (null, start);
                continue;
            }
            if (page.Items is { Count: > 0 } items)
            {
                yield return InOrder(ZendeskType.Users, items, start);
                start = Seconds(reader.TimeOf(ZendeskType.Users, items[^1]));
            }
            if (page.EndOfStream != false)
                yield break;
            if (page.AfterCursor is null || page.AfterCursor == cursor)
                throw api.Unavailable("incremental.users: the cursor makes no progress");
            cursor = page.AfterCursor;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<ZendeskItem>> OrganizationsAsync(FeedPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (start, size) = (Seconds(from.Time), options.ExportPage);
        while (true)
        {
            var page = await api.ExportOrganizationsAsync(start, size, cancellationToken).ConfigureAwait(false) ?? throw api.Unavailable("incremental.organizations: no page");
            if (page.Items is { Count: > 0 } items)
                yield return InOrder(ZendeskType.Organizations, items, start);
            if (page.EndOfStream != false)
                yield break;
            (start, size) = NextOf(page, start, size) ?? throw api.Unavailable("incremental.organizations: the window makes no progress");
        }
    }

    /// <summary>
    /// The next page begins at the last second again. A page of nothing but its first second grows until that is whole, so the next may begin
    /// after it; one that is just full does not show whether it is whole, and is asked for again a little smaller.
    /// </summary>
    private (long Start, int Size)? NextOf(ZendeskPage page, long start, int size)
    {
        if (page.EndTime > start)
            return (page.EndTime.Value, options.ExportPage);
        if (page.EndTime == start && page.Items.Count > size)
            return (start + 1, options.ExportPage);
        return page.EndTime == start && page.Items.Count == size && size == options.ExportPage && size > 1 ? (start, size - 1) : null;
    }

    /// <summary>What comes before where the page was to begin would be lost, or told twice, without a word.</summary>
    private IReadOnlyList<ZendeskItem> InOrder(ZendeskType type, IReadOnlyList<ZendeskItem> items, long start)
    {
        var last = start;
        foreach (var time in items.Select(item => Seconds(reader.TimeOf(type, item))))
        {
            if (time < last)
                throw api.Unavailable($"incremental.{type}: the answer is not sorted by updated_at");
            last = time;
        }
        return items;
    }

    private FeedPage? PageOf(ZendeskType type, IReadOnlyList<ZendeskItem> items, IReadOnlyList<string> fields)
    {
        var sorted = items.DistinctBy(item => item.Id).OrderBy(item => reader.TimeOf(type, item)).ThenBy(item => item.Id!, ById).ToList();
        return sorted.Count == 0
            ? null
            : new FeedPage([.. sorted.Where(item => item.IsDeleted || !item.IsStaff).Select(item => ChangeOf(type, item, fields))], new FeedPosition(reader.TimeOf(type, sorted[^1]), sorted[^1].Id!));
    }

    private Change ChangeOf(ZendeskType type, ZendeskItem item, IReadOnlyList<string> fields) => item.IsDeleted
        ? ZendeskReader.GoneOf(item, new ExternalRef(system, type.Name, item.Id!), reader.TimeOf(type, item))
        : reader.SeenOf(type, item, fields);

    private bool IsIn(ZendeskType type, ZendeskItem item, FeedPosition from, DateTimeOffset until)
    {
        var (time, id) = (reader.TimeOf(type, item), item.Id ?? throw api.Unavailable($"incremental.{type}: a record without an id"));
        return time <= until && (time > from.Time || (time == from.Time && CompareIds(id, from.Id) > 0));
    }

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();

    /// <summary>As numbers, without their limits: a longer one is greater.</summary>
    private static int CompareIds(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
}
