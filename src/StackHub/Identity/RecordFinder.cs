using StackHub.Records;

namespace StackHub.Identity;

/// <summary>Finds a record by what a person would type: the hub's id, an address, a domain, or a vendor's record.</summary>
public sealed class RecordFinder(ClaimStore claims, RecordStore records, Redirects redirects)
{
    public async Task<RecordId?> FindAsync(string query, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        query = query.Trim();
        if (RecordId.TryParse(query) is { } id)
            return await records.GetAsync(id, cancellationToken) is null ? null : id;
        if (query.Split('/') is [var system, var type, var external])
            return Follow(await claims.OwnerAsync(new ExternalRef(new(system), type, external), cancellationToken));
        if (EmailKey.From(query) is { } email)
            return Follow(await claims.OwnerAsync(IdentityKey.Email, email.Text, cancellationToken));
        return RegistrableDomain.Of(query) is { } domain ? Follow(await claims.OwnerAsync(IdentityKey.Domain, domain, cancellationToken)) : null;
    }

    private RecordId? Follow(RecordId? id) => id is { } known ? redirects.Follow(known) : null;
}
