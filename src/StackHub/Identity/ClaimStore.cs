using System.Collections.Concurrent;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Identity;

/// <summary>
/// Who owns a key (a vendor's id, an address, a domain): rows inserted if absent, so that two workers that meet a new key at once agree
/// on one owner. Keys are stored as keyed hashes.
/// </summary>
public sealed class ClaimStore(ITableStore tables, HubKeys keys)
{
    private const int CacheSize = 50_000;
    private readonly ConcurrentDictionary<string, RecordId> cache = new(StringComparer.Ordinal);
    private int remembered;

    public Task<RecordId?> OwnerAsync(ExternalRef reference, CancellationToken cancellationToken) => OwnerAsync(Hash(reference), cancellationToken);

    public Task<RecordId?> OwnerAsync(string kind, string text, CancellationToken cancellationToken) => OwnerAsync(keys.Hash(kind, text), cancellationToken);

    /// <summary>The owner as it is stored now, whatever this process remembers.</summary>
    public Task<RecordId?> RereadAsync(string kind, string text, CancellationToken cancellationToken)
    {
        var hash = keys.Hash(kind, text);
        cache.TryRemove(hash, out _);
        return OwnerAsync(hash, cancellationToken);
    }

    /// <summary>The owner after the call: <paramref name="candidate"/>, or whoever was first.</summary>
    public Task<RecordId> ClaimAsync(ExternalRef reference, RecordId candidate, CancellationToken cancellationToken) => ClaimAsync(Hash(reference), candidate, cancellationToken);

    /// <inheritdoc cref="ClaimAsync(ExternalRef, RecordId, CancellationToken)"/>
    public Task<RecordId> ClaimAsync(string kind, string text, RecordId candidate, CancellationToken cancellationToken) => ClaimAsync(keys.Hash(kind, text), candidate, cancellationToken);

    /// <summary>Gives the key to a new owner, whoever had it: for merges, their undoing, and claims whose record never came to be.</summary>
    public async Task AssignAsync(ExternalRef reference, RecordId owner, CancellationToken cancellationToken)
    {
        var hash = Hash(reference);
        await tables.UpsertAsync(Tables.Claims, Row(hash, owner), cancellationToken);
        Remember(hash, owner);
    }

    public async Task AssignAsync(string kind, string text, RecordId owner, CancellationToken cancellationToken)
    {
        var hash = keys.Hash(kind, text);
        await tables.UpsertAsync(Tables.Claims, Row(hash, owner), cancellationToken);
        Remember(hash, owner);
    }

    /// <summary>Nobody has the key any more, if one of these had it.</summary>
    public Task<bool> ReleaseAsync(ExternalRef reference, IReadOnlyCollection<RecordId> owners, CancellationToken cancellationToken) => ReleaseAsync(Hash(reference), owners, cancellationToken);

    /// <inheritdoc cref="ReleaseAsync(ExternalRef, IReadOnlyCollection{RecordId}, CancellationToken)"/>
    public Task<bool> ReleaseAsync(string kind, string text, IReadOnlyCollection<RecordId> owners, CancellationToken cancellationToken) => ReleaseAsync(keys.Hash(kind, text), owners, cancellationToken);

    private async Task<bool> ReleaseAsync(string hash, IReadOnlyCollection<RecordId> owners, CancellationToken cancellationToken)
    {
        cache.TryRemove(hash, out _);
        return await tables.GetAsync(Tables.Claims, hash[..2], hash, cancellationToken) is { } row && owners.Contains(RecordId.Parse(row.Text("R")!))
            && (await tables.DeleteAsync(Tables.Claims, row.Partition, row.Row, row.ETag, cancellationToken)).Done;
    }

    private async Task<RecordId?> OwnerAsync(string hash, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(hash, out var known))
            return known;
        var row = await tables.GetAsync(Tables.Claims, hash[..2], hash, cancellationToken);
        return row is null ? null : Remember(hash, RecordId.Parse(row.Text("R")!));
    }

    private async Task<RecordId> ClaimAsync(string hash, RecordId candidate, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(hash, out var known))
            return known;
        var inserted = await tables.InsertAsync(Tables.Claims, Row(hash, candidate), cancellationToken);
        return inserted.Done ? Remember(hash, candidate) : await OwnerAsync(hash, cancellationToken) ?? candidate;
    }

    private RecordId Remember(string hash, RecordId owner)
    {
        // Its own count: the dictionary's takes every one of its locks, which was an eighth of the hub's time.
        if (Interlocked.Increment(ref remembered) > CacheSize)
        {
            cache.Clear();
            remembered = 0;
        }
        cache[hash] = owner;
        return owner;
    }

    private string Hash(ExternalRef reference) => keys.Hash("link", reference.ToString());

    private static TableRow Row(string hash, RecordId owner) => new(hash[..2], hash, new Dictionary<string, object>(1) { ["R"] = owner.ToString() });
}
