using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy.Consent;

/// <summary>Ends a restriction of processing on an officer's word, and writes that into the evidence of the requests that asked for it.</summary>
public sealed class LiftRestriction(RestrictProcessing restrict, PrivacyStore store, PrivacyTrail trail, HubKeys keys, TimeProvider time)
{
    /// <summary>False, and nothing is lifted, unless the person was told before (Art 18(3) GDPR).</summary>
    public async Task<bool> HandleAsync(RecordId person, DateTimeOffset toldAt, string by, CancellationToken cancellationToken)
    {
        if (!await restrict.LiftAsync(person, time.GetUtcNow(), toldAt, cancellationToken))
            return false;
        foreach (var id in await store.WithAsync([Alias.Of(person).Hash(keys)], cancellationToken))
            if (await store.FindAsync(id, cancellationToken) is { Kind: PrivacyRequestKind.Restriction })
                await trail.NoteAsync(id, "restriction lifted", $"the person was told on {toldAt:yyyy-MM-dd}, by {by}", $"restriction-lifted-{toldAt.ToUnixTimeMilliseconds()}", cancellationToken);
        return true;
    }
}
