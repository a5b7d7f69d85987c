using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Privacy.Tasks;
using StackHub.Security;
using StackHub.Suppression;

namespace StackHub.Privacy.Tombstones;

/// <summary>A consent that somebody erased gave anew.</summary>
/// <param name="Proof">Where it can be looked up; no personal data.</param>
public sealed record FreshConsent(DateTimeOffset At, string Basis, string Source, string Proof);

/// <summary>Lets a person come back who asked to: by what they named themselves now, and no more. What was erased stays erased.</summary>
public sealed class LiftTombstone(PrivacyStore store, SuppressionList suppression, PrivacyTrail trail, HubModel model, HubKeys keys)
{
    /// <summary>True when tombstones were lifted; false when the consent is not newer than the erasure, or nothing stood in its way.</summary>
    public async Task<bool> HandleAsync(SubjectClaims fresh, FreshConsent consent, string by, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(consent.Proof) || string.IsNullOrWhiteSpace(consent.Basis))
            return false;
        await suppression.EnsureFreshAsync(cancellationToken);
        Alias[] aliases = [.. fresh.Aliases(model.PhoneRegion).Where(alias => alias.Kind is IdentityKey.Email or IdentityKey.Phone && suppression.Holds(alias.Kind, alias.Text))];
        if (aliases.Length == 0)
            return false;
        var requests = await store.WithAsync(aliases.Select(alias => alias.Hash(keys)), cancellationToken);
        foreach (var id in requests)
            if (await store.FindAsync(id, cancellationToken) is { } request && KindRules.Erases(request.Kind) && (request.State.IsOpen() || request.Approvals.Any(approval => approval.At >= consent.At)))
                return false; // it is older than the erasure, or that is not over
        foreach (var id in requests)
            await trail.NoteAsync(id, "tombstone lifted", $"{aliases.Length} aliases, {consent.Basis} of {consent.At:yyyy-MM-dd HH:mm} UTC at {consent.Source} ({consent.Proof}), by {by}", $"lifted-{consent.At.ToUnixTimeMilliseconds()}", cancellationToken);
        foreach (var alias in aliases)
            await suppression.LiftAsync(alias.Kind, alias.Text, cancellationToken);
        return true;
    }
}
