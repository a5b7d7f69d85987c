using System.Security.Cryptography;
using System.Text;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>Finds a person through what the hub knows from syncing, so that a system is asked for exact records and not searched by address.</summary>
public sealed class SubjectSearch(ClaimStore claims, KeyHolders holders, RecordStore records, Redirects redirects, HubModel model)
{
    private const int Page = 500;

    public async Task<IReadOnlyList<AliasHit>> HitsAsync(SubjectClaims named, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        var hashed = await HashedAsync(named.Hashes, cancellationToken);
        var hits = new List<AliasHit>();
        foreach (var alias in named.Aliases(model.PhoneRegion))
            hits.Add(new(alias, alias.Kind == "sha256" ? [.. hashed[alias.Text].Order()] : await OwnersAsync(alias, cancellationToken)));
        return hits;
    }

    /// <summary>The person of these records, with all that was merged into them.</summary>
    public async Task<Subject> LoadAsync(IReadOnlyList<RecordId> living, SubjectClaims named, CancellationToken cancellationToken)
    {
        var all = new List<HubRecord>();
        foreach (var id in living.Select(redirects.Follow).Distinct())
            if (await records.ReadAsync(id, cancellationToken) is { } stored)
                all.Add(stored.Record);
        foreach (var id in all.SelectMany(record => record.Absorbed).Distinct().ToArray())
            if (await records.ReadAsync(id, cancellationToken) is { } stored && redirects.Follow(id) != id)
                all.Add(stored.Record);
        Alias[] aliases = [.. all.SelectMany(record => Subject.AliasesOf(record, model.PhoneRegion)).Concat(named.Aliases(model.PhoneRegion).Where(alias => alias.Kind != "sha256")).Distinct()];
        var own = all.Select(record => record.Id).ToHashSet();
        var shared = new Dictionary<Alias, IReadOnlyList<RecordId>>();
        foreach (var alias in aliases)
            if ((await OwnersAsync(alias, cancellationToken)).Where(owner => !own.Contains(owner)).ToArray() is { Length: > 0 } others)
                shared[alias] = others;
            else if (alias.Kind == IdentityKey.Email && EmailKey.From(alias.Text) is { Kind: EmailKind.Shared or EmailKind.Disposable })
                shared[alias] = [];
        return new(all, aliases, shared);
    }

    private async Task<IReadOnlyList<RecordId>> OwnersAsync(Alias alias, CancellationToken cancellationToken) => alias.Kind switch
    {
        IdentityKey.Email when EmailKey.From(alias.Text) is { } email => await holders.OfAsync(email, cancellationToken),
        IdentityKey.Phone when PhoneKey.From(alias.Text) is { } phone => await holders.OfAsync(phone, cancellationToken),
        "link" when alias.Text.Split('/', 3) is [var system, var type, var id] => await ExistingAsync(await claims.OwnerAsync(new ExternalRef(new(system), type, id), cancellationToken), cancellationToken),
        "record" => await ExistingAsync(RecordId.TryParse(alias.Text), cancellationToken),
        _ => [],
    };

    private async Task<IReadOnlyList<RecordId>> ExistingAsync(RecordId? id, CancellationToken cancellationToken) =>
        id is { } known && await records.GetAsync(redirects.Follow(known), cancellationToken) is { Record.Kind: RecordKind.Person } stored ? [stored.Record.Id] : [];

    /// <summary>A hash of a list cannot be looked up by the hub's keyed ones, so all addresses are hashed once for all of them.</summary>
    private async Task<ILookup<string, RecordId>> HashedAsync(IReadOnlyList<string> hashes, CancellationToken cancellationToken)
    {
        var wanted = hashes.Select(hash => hash.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        var found = new List<(string Hash, RecordId Record)>();
        for (string? next = null; wanted.Count > 0;)
        {
            (var page, next) = await records.ScanAsync(next, Page, cancellationToken);
            foreach (var record in page.Where(record => record is { Kind: RecordKind.Person, MergedInto: null }))
                found.AddRange(RecordFacts.Of(record, model.PhoneRegion).People.SelectMany(person => person.Emails).Distinct()
                    .Select(email => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Text))))
                    .Where(wanted.Contains).Select(hash => (hash, record.Id)));
            if (next is null)
                break;
        }
        return found.ToLookup(one => one.Hash, one => one.Record);
    }
}
