using System.Runtime.CompilerServices;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>Reads records whole: properties with the dates of their values, and associations as fields.</summary>
internal sealed class HubSpotReader(SystemId system, HubSpotApi api, HubSpotLinkMap links, HubSpotOptions options)
{
    private const int LinkBatch = 100;
    private const int MaxPath = 6_000; // longer addresses are refused by HubSpot's gateway
    private readonly int batch = options.ReadBatch;
    private readonly bool history = options.History;

    public async IAsyncEnumerable<ScanPage> ScanAsync(HubSpotObject type, IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = checkpoint;
        do
        {
            var (records, next) = await PageAsync(type, fields, after, cancellationToken).ConfigureAwait(false);
            if (next is not null && next == after)
                throw new VendorUnavailableException(system, $"{type.Name}.list: the listing makes no progress");
            yield return new ScanPage(records, next);
            after = next;
        }
        while (after is not null);
    }

    public async Task<IReadOnlyList<Change>> ReadAsync(HubSpotObject type, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        (await ReadWithMergesAsync(type, fields, ids, cancellationToken).ConfigureAwait(false)).Read;

    /// <summary>One change for each id, in order, and beside them what the records say of others that were merged into them.</summary>
    public async Task<(IReadOnlyList<Change> Read, IReadOnlyList<Change> Merges)> ReadWithMergesAsync(
        HubSpotObject type, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var properties = PropertiesOf(fields);
        var answers = new Dictionary<string, HubSpotRecord>(ids.Count);
        foreach (var chunk in ids.Distinct().Chunk(batch))
            Collect(await api.ReadAsync(type, Asking(chunk, properties), archived: false, cancellationToken).ConfigureAwait(false), answers);

        var changes = new Dictionary<string, Change>(ids.Count);
        var survivors = Survivors(type, answers.Values);
        var found = ids.Where(answers.ContainsKey).Distinct().Select(id => answers[id]).ToList();
        foreach (var seen in await WithLinksAsync(type, fields, properties, found, cancellationToken).ConfigureAwait(false))
            changes[seen.Ref.Id] = seen;
        foreach (var id in ids.Where(id => !answers.ContainsKey(id) && survivors.ContainsKey(id)))
            changes[id] = survivors[id];
        await MissingAsync(type, ids.Where(id => !changes.ContainsKey(id)).Distinct().ToList(), changes, cancellationToken).ConfigureAwait(false);
        return ([.. ids.Select(id => changes[id])], [.. survivors.Values.Where(m => !changes.ContainsKey(m.Ref.Id))]);
    }

    /// <summary>Ids by our own property, of those records that exist.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(HubSpotObject type, IReadOnlyList<string> hubIds, CancellationToken cancellationToken)
    {
        var read = new HubSpotRead([.. hubIds.Select(id => new HubSpotId(id))], [options.IdProperty], [], options.IdProperty);
        var answer = await api.ReadAsync(type, read, archived: false, cancellationToken).ConfigureAwait(false);
        return (answer.Results ?? [])
            .Where(r => r.Property(options.IdProperty) is not null)
            .DistinctBy(r => r.Property(options.IdProperty))
            .ToDictionary(r => r.Property(options.IdProperty)!, r => r.Id);
    }

    /// <summary>One property of some records, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> OneAsync(HubSpotObject type, string property, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var read = new HubSpotRead([.. ids.Select(id => new HubSpotId(id))], [property], [], IdProperty: null);
        var answer = await api.ReadAsync(type, read, archived: false, cancellationToken).ConfigureAwait(false);
        return (answer.Results ?? []).DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => r.Property(property));
    }

    /// <summary>Associations of some records, by record id; a record without any is absent.</summary>
    public async Task<Dictionary<string, List<HubSpotLink>>> LinksAsync(HubSpotAssociation link, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, List<HubSpotLink>>();
        List<HubSpotLinkRead> asking = [.. ids.Select(id => new HubSpotLinkRead(id, After: null))];
        while (asking.Count > 0)
        {
            // A page of a search has more records than a batch may.
            var answer = await api.LinksAsync(link, [.. asking.Take(LinkBatch)], cancellationToken).ConfigureAwait(false);
            asking = [.. asking.Skip(LinkBatch)];
            foreach (var part in answer.Results ?? [])
            {
                if (!found.TryGetValue(part.From.Id, out var all))
                    found[part.From.Id] = all = [];
                all.AddRange(part.To);
                if (part.Paging?.Next?.After is { } after) // a deal with more contacts than fit one answer
                    asking.Add(new(part.From.Id, after));
            }
        }

        return found;
    }

    private async Task<(IReadOnlyList<Change.Seen> Records, string? Next)> PageAsync(HubSpotObject type, IReadOnlyList<string> fields, string? after, CancellationToken cancellationToken)
    {
        var properties = PropertiesOf(fields);
        var listing = new HubSpotListing(properties, history, batch, after);
        if (listing.Path("").Length <= MaxPath)
        {
            var page = await api.ListAsync(type, listing, cancellationToken).ConfigureAwait(false);
            return (await WithLinksAsync(type, fields, properties, page.Results, cancellationToken).ConfigureAwait(false), page.Paging?.Next?.After);
        }

        var ids = await api.ListAsync(type, new HubSpotListing([HubSpotObject.Id], History: false, 100, after), cancellationToken).ConfigureAwait(false);
        var read = await ReadAsync(type, fields, [.. ids.Results.Select(r => r.Id)], cancellationToken).ConfigureAwait(false);
        return ([.. read.OfType<Change.Seen>()], ids.Paging?.Next?.After);
    }

    private HubSpotRead Asking(IReadOnlyList<string> ids, IReadOnlyList<string> properties) =>
        new([.. ids.Select(id => new HubSpotId(id))], [.. properties, HubSpotObject.MergedIds], history ? properties : [], IdProperty: null);

    private static List<string> PropertiesOf(IReadOnlyList<string> fields) => [.. fields.Where(f => !f.Contains('.')).Distinct()];

    private static void Collect(HubSpotBatch answer, Dictionary<string, HubSpotRecord> answers)
    {
        foreach (var record in answer.Results ?? [])
            answers[record.Id] = record;
    }

    // A read of a merged record answers with its survivor, which names all its former ids (chained merges too).
    private Dictionary<string, Change.Moved> Survivors(HubSpotObject type, IEnumerable<HubSpotRecord> records)
    {
        var survivors = new Dictionary<string, Change.Moved>();
        foreach (var record in records)
        {
            foreach (var former in (record.Property(HubSpotObject.MergedIds) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
                survivors[former] = MovedTo(type, former, record.Id, record.UpdatedAt);
        }

        return survivors;
    }

    private async Task<List<Change.Seen>> WithLinksAsync(HubSpotObject type, IReadOnlyList<string> fields, List<string> properties, IReadOnlyList<HubSpotRecord> records, CancellationToken cancellationToken)
    {
        var seen = records.Select(r => HubSpotMapping.Record(system, type, r, properties)).ToList();
        foreach (var link in type.Associations.Where(a => seen.Count > 0 && fields.Contains(a.Field)))
        {
            var linked = await LinksAsync(link, records.Select(r => r.Id), cancellationToken).ConfigureAwait(false);
            foreach (var record in seen)
                ((Dictionary<string, ExternalValue>)record.Fields)[link.Field] = new(links.Text(link, linked.GetValueOrDefault(record.Ref.Id) ?? []));
        }

        return seen.ConvertAll(r => new Change.Seen(r));
    }

    /// <summary>What a read does not answer was archived (and says when), merged (a single read follows it), or is gone for good.</summary>
    private async Task MissingAsync(HubSpotObject type, List<string> missing, Dictionary<string, Change> changes, CancellationToken cancellationToken)
    {
        if (missing.Count == 0)
            return;
        foreach (var chunk in missing.Chunk(batch))
        {
            var archived = await api.ReadAsync(type, new HubSpotRead([.. chunk.Select(id => new HubSpotId(id))], [HubSpotObject.Id], [], null), archived: true, cancellationToken).ConfigureAwait(false);
            foreach (var record in archived.Results ?? [])
                changes[record.Id] = new Change.Deleted(Ref(type, record.Id), record.ArchivedAt ?? record.UpdatedAt ?? DateTimeOffset.UnixEpoch);
        }

        foreach (var id in missing.Where(id => !changes.ContainsKey(id)))
        {
            var survivor = await api.FindAsync(type, id, HubSpotObject.Id, cancellationToken).ConfigureAwait(false);
            changes[id] = survivor is not null && survivor.Id != id ? MovedTo(type, id, survivor.Id, survivor.UpdatedAt) : new Change.Deleted(Ref(type, id), DateTimeOffset.UnixEpoch);
        }
    }

    private Change.Moved MovedTo(HubSpotObject type, string id, string survivor, DateTimeOffset? at = null) =>
        new(Ref(type, id), Ref(type, survivor), at ?? DateTimeOffset.UnixEpoch);

    private ExternalRef Ref(HubSpotObject type, string id) => new(system, type.Name, id);
}
