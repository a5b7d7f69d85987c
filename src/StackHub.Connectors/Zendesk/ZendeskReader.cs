using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>Full reads and reads by id.</summary>
internal sealed class ZendeskReader(ZendeskApi api, SystemId system, TimeProvider time)
{
    /// <summary>The list and its cursor, which is a place in the order of ids: a checkpoint resumes there whenever.</summary>
    public async IAsyncEnumerable<ScanPage> ScanAsync(ZendeskType type, IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var cursor = checkpoint; ;)
        {
            var page = await api.ListAsync(type, cursor, cancellationToken).ConfigureAwait(false);
            var next = page.Meta is { HasMore: true } meta ? meta.AfterCursor : null;
            if (next is not null && next == cursor)
                throw api.Unavailable($"{type}.list: the cursor makes no progress");
            yield return new ScanPage([.. page.Items.Where(item => item.IsLive).Select(item => SeenOf(type, item, fields))], next);
            if (next is null)
                yield break;
            cursor = next;
        }
    }

    public async Task<IReadOnlyList<Change>> ReadAsync(ZendeskType type, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return [];
        var page = await api.ShowManyAsync(type, [.. ids.Distinct()], cancellationToken).ConfigureAwait(false);
        var known = page.Items.Where(item => item.Id is not null).DistinctBy(item => item.Id).ToDictionary(item => item.Id!);
        return [.. ids.Select(id => ChangeOf(type, known.GetValueOrDefault(id), new ExternalRef(system, type.Name, id), fields))];
    }

    /// <summary>What an export or a read tells of a record; null for staff that was never a person of the hub's.</summary>
    public Change.Seen SeenOf(ZendeskType type, ZendeskItem item, IReadOnlyList<string> fields) => new(ZendeskMapping.ToRecord(
        type,
        item,
        new ExternalRef(system, type.Name, item.Id ?? throw api.Unavailable($"{type}: a record without an id")),
        TimeOf(type, item),
        fields));

    public DateTimeOffset TimeOf(ZendeskType type, ZendeskItem item) => item.UpdatedAt ?? throw api.Unavailable($"{type}: a record without updated_at");

    public static Change GoneOf(ZendeskItem item, ExternalRef @ref, DateTimeOffset at) =>
        item.IsErased ? new Change.PrivacyDeleted(@ref, at) : new Change.Deleted(@ref, at);

    /// <summary>A person who became an agent is out of the hub's reach, as if deleted.</summary>
    private Change ChangeOf(ZendeskType type, ZendeskItem item, ExternalRef @ref, IReadOnlyList<string> fields) =>
        item is { IsPresent: true, IsLive: true } ? SeenOf(type, item, fields) : GoneOf(item, @ref, item.UpdatedAt ?? time.GetUtcNow());
}
