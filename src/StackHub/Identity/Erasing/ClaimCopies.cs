using StackHub.Suppression;

namespace StackHub.Identity.Erasing;

/// <summary>Who owns an address, a number, a vendor's id: hashes, which would still say that the hub knew them.</summary>
public sealed class ClaimCopies(ClaimStore claims) : ISubjectStore
{
    public string Name => "claims";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var owners = subject.Records.ToHashSet();
        var released = 0;
        foreach (var link in subject.Links)
            released += await claims.ReleaseAsync(link, owners, cancellationToken) ? 1 : 0;
        foreach (var (kind, text) in subject.Keys)
            released += await claims.ReleaseAsync(kind, text, owners, cancellationToken) ? 1 : 0;
        return released;
    }
}
