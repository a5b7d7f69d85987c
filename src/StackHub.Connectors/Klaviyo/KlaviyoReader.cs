using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Reads profiles by their identifiers.</summary>
internal sealed class KlaviyoReader(KlaviyoApi api, KlaviyoOptions options, SystemId system, TimeProvider time)
{
    private const int ValuesInFilter = 50; // addresses may be long, and the address of a request may not

    public ExternalRef Ref(string id) => new(system, KlaviyoFields.Profiles, id);

    public Change.Seen Seen(KlaviyoProfile profile, IReadOnlyList<string> fields) => new(KlaviyoMapping.ToRecord(profile, Ref(profile.Id!), fields, options.List));

    /// <summary>One change for each id, in order.</summary>
    public async Task<IReadOnlyList<Change>> ReadAsync(IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var withSubscriptions = fields.Contains(KlaviyoFields.OptOut);
        var found = await ByIdAsync(ids, withSubscriptions, cancellationToken);
        var changes = new Dictionary<string, Change>(ids.Count);
        foreach (var id in ids.Distinct())
            changes[id] = found.GetValueOrDefault(id) is { } profile ? Seen(profile, fields) : await MissingAsync(id, fields, withSubscriptions, cancellationToken);
        return [.. ids.Select(id => changes[id])];
    }

    public async Task<Dictionary<string, KlaviyoProfile>> ByIdAsync(IEnumerable<string> ids, bool withSubscriptions, CancellationToken cancellationToken) =>
        (await FindAsync("id", ids, KlaviyoQuery.PageSize, withSubscriptions, cancellationToken)).DistinctBy(profile => profile.Id).ToDictionary(profile => profile.Id!);

    /// <summary>Profiles with any of the values of an identifier.</summary>
    public Task<List<KlaviyoProfile>> FindAsync(string identifier, IEnumerable<string> values, CancellationToken cancellationToken) =>
        FindAsync(identifier, values, ValuesInFilter, withSubscriptions: false, cancellationToken);

    /// <summary>What became of a profile that is not there: one merged into another is gone, and the survivor keeps our id where it had none of its own.</summary>
    public async Task<WriteOutcome> FateAsync(RecordWrite write, CancellationToken cancellationToken)
    {
        var survivors = await FindAsync(KlaviyoFields.ExternalId, [write.HubId.ToString()], cancellationToken);
        return survivors.Find(profile => profile.Id != write.Target) is { Id: { } id } ? new WriteOutcome.Moved(Ref(id)) : new WriteOutcome.Gone();
    }

    /// <summary>A list may be late, so a profile it does not show is asked for by itself before it is called deleted.</summary>
    private async Task<Change> MissingAsync(string id, IReadOnlyList<string> fields, bool withSubscriptions, CancellationToken cancellationToken)
    {
        var profile = await api.GetAsync(id, withSubscriptions, cancellationToken);
        if (profile?.Id is not { } found)
            return new Change.Deleted(Ref(id), time.GetUtcNow());
        return found == id ? Seen(profile, fields) : new Change.Moved(Ref(id), Ref(found), profile.Updated ?? time.GetUtcNow());
    }

    private async Task<List<KlaviyoProfile>> FindAsync(string identifier, IEnumerable<string> values, int most, bool withSubscriptions, CancellationToken cancellationToken)
    {
        var found = new List<KlaviyoProfile>();
        foreach (var chunk in values.Distinct(StringComparer.Ordinal).Chunk(most))
        {
            var query = new KlaviyoQuery(KlaviyoFilter.Any(identifier, chunk)) { WithSubscriptions = withSubscriptions };
            do
            {
                var page = await api.ListAsync(query, cancellationToken);
                found.AddRange(page.Profiles ?? throw api.Unavailable($"{KlaviyoLimits.List}: the cursor was lost"));
                query = query with { Cursor = page.Cursor == query.Cursor ? null : page.Cursor };
            }
            while (query.Cursor is not null);
        }

        return found;
    }
}
