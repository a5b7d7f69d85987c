using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>Full reads, reads by id, and the companies' feed.</summary>
internal sealed class IntercomReader(IntercomApi api, IntercomScroll scroll, IntercomOptions options, SystemId system, TimeProvider time)
{
    private const int FeedPageSize = 100;

    /// <summary>The list, not the search: it does not lag, and its cursor is a place in its order, so a checkpoint resumes there.</summary>
    public async IAsyncEnumerable<ScanPage> ContactsAsync(IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var cursor = checkpoint; ;)
        {
            var page = await api.ListContactsAsync(cursor, cancellationToken);
            var next = page.NextCursor;
            if (next is not null && next == cursor)
                throw api.Unavailable("contacts.list: the cursor makes no progress");
            yield return new ScanPage([.. (page.Data ?? []).Select(d => SeenOf(new IntercomItem(d), IntercomFields.Contacts, fields))], next);
            if (next is null)
                yield break;
            cursor = next;
        }
    }

    /// <summary>The checkpoint is the scroll itself: it resumes for a minute, and later begins again, since Intercom knows no place in it.</summary>
    public async IAsyncEnumerable<ScanPage> CompaniesAsync(IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in scroll.PagesAsync(checkpoint, cancellationToken))
            yield return new ScanPage([.. page.Items.Select(c => SeenOf(c, IntercomFields.Companies, fields))], page.Param);
        yield return new ScanPage([], Checkpoint: null); // only an empty page ends a scroll
    }

    /// <summary>No search and no order by change exists for companies: all are read, and the changed ones kept.</summary>
    public async IAsyncEnumerable<FeedPage> CompanyChangesAsync(IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Change.Seen> changed = [];
        await foreach (var page in scroll.PagesAsync(resume: null, cancellationToken))
            changed.AddRange(page.Items.Select(c => SeenOf(c, IntercomFields.Companies, fields)).Where(c => IsIn(c.Record, from, until)));

        foreach (var run in changed.OrderBy(c => c.Record.ModifiedAt).ThenBy(c => c.Ref.Id, StringComparer.Ordinal).Chunk(FeedPageSize))
            yield return new FeedPage(run, new FeedPosition(run[^1].Record.ModifiedAt, run[^1].Ref.Id));
    }

    public async Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var changes = new Change[ids.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, ids.Count, parallel, async (i, token) => changes[i] = await ReadAsync(objectType, fields, ids[i], token));
        return changes;
    }

    private async Task<Change> ReadAsync(string objectType, IReadOnlyList<string> fields, string id, CancellationToken cancellationToken)
    {
        var reply = objectType == IntercomFields.Contacts
            ? await api.GetContactAsync(id, cancellationToken)
            : await api.GetCompanyAsync(id, cancellationToken);
        if (reply.IsMissing)
            return new Change.Deleted(new ExternalRef(system, objectType, id), time.GetUtcNow());
        if (!reply.IsSuccess)
            throw api.Unavailable($"{objectType}.get: {reply.Error?.Code}");
        var seen = SeenOf(reply.Item, objectType, fields);
        return seen.Ref.Id == id ? seen : new Change.Moved(new ExternalRef(system, objectType, id), seen.Ref, seen.Record.ModifiedAt);
    }

    private static bool IsIn(ExternalRecord record, FeedPosition from, DateTimeOffset until) =>
        record.ModifiedAt <= until
        && (record.ModifiedAt > from.Time || (record.ModifiedAt == from.Time && string.CompareOrdinal(record.Ref.Id, from.Id) > 0));

    private Change.Seen SeenOf(IntercomItem item, string objectType, IReadOnlyList<string> fields) => new(IntercomMapping.ToRecord(
        item,
        new ExternalRef(system, objectType, item.Id ?? throw api.Unavailable($"{objectType}: a record without an id")),
        item.UpdatedAt ?? throw api.Unavailable($"{objectType}: a record without updated_at"),
        fields));
}
