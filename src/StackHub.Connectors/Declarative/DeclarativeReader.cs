using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;
using StackHub.Records;

namespace StackHub.Connectors.Declarative;

/// <summary>Reads records of one type: all of them, by id, by what they are found by.</summary>
internal sealed class DeclarativeReader(DeclarativeApi api, DeclarativePages pages, ObjectSpec type, TimeProvider time)
{
    public const int Batch = 50;
    public const int SideBySide = 4;

    public ExternalRef Ref(string id) => new(api.System, type.Name, id);

    /// <summary>A record without an id would be lost without a word.</summary>
    public ExternalRef RefOf(JsonNode item) => DeclarativeMapping.IdOf(type, item) is { } id ? Ref(id) : throw api.Unavailable($"{type.Name}: a record has no id at '{type.Id}'");

    public Change.Seen Seen(JsonNode item, IReadOnlyList<string> fields) => new(DeclarativeMapping.ToRecord(type, item, RefOf(item), fields));

    public async IAsyncEnumerable<ScanPage> ScanAsync(IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = checkpoint;
        while (true)
        {
            var page = await pages.PageAsync(type.Scan, api.Names, place, mayBeGone: false, cancellationToken);
            if (page.Next is not null && page.Next == place)
                throw api.Unavailable($"{type.Name}.scan: the listing makes no progress");
            yield return new([.. page.Items.Select(item => Seen(item, fields))], page.Next);
            if (page.Next is null)
                yield break;
            place = page.Next;
        }
    }

    /// <summary>One change for each id, in order.</summary>
    public async Task<IReadOnlyList<Change>> ReadAsync(IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var changes = new ConcurrentDictionary<string, Change>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids.Distinct(StringComparer.Ordinal), parallel, async (id, token) => changes[id] = await ReadAsync(id, fields, token));
        return [.. ids.Select(id => changes[id])];
    }

    /// <summary>Records with the same address or hub id; a call whose names the write has no values of is left out.</summary>
    public async Task<IReadOnlyList<JsonNode>> FindAsync(Names names, CancellationToken cancellationToken)
    {
        foreach (var find in type.Find.Where(find => find.Request.Path.UsedNames.Concat(find.Request.Query.SelectMany(entry => entry.Value.UsedNames)).All(name => names.Find(name.Of) is not null)))
        {
            if (await pages.AllAsync(find, names, cancellationToken) is { Count: > 0 } found)
                return [.. found.DistinctBy(item => DeclarativeMapping.IdOf(type, item))];
        }
        return [];
    }

    private async Task<Change> ReadAsync(string id, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var reply = await api.SendAsync(type.Read, api.Names.With("id", id), 1, cancellationToken);
        if (reply.Fault is { Meaning: ErrorMeaning.Gone })
            return new Change.Deleted(Ref(id), time.GetUtcNow());
        if (reply.Fault is { } fault)
            throw new VendorUnavailableException(api.System, $"{type.Name}.read: {fault.Code}", fault.After);
        var item = reply.At(type.Item) ?? throw api.Unavailable($"{type.Name}.read: the answer has no record");
        var found = RefOf(item);
        return found.Id == id ? Seen(item, fields) : new Change.Moved(Ref(id), found, DeclarativeMapping.ModifiedOf(type, item) ?? time.GetUtcNow());
    }
}
