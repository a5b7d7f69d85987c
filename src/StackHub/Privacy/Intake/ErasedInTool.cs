using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;
using StackHub.Suppression;

namespace StackHub.Privacy.Intake;

/// <summary>
/// A tool erased somebody because they asked its company there, as HubSpot tells by <c>contact.privacyDeletion</c>. That is a request to
/// the company as a whole: it is filed here, and an officer says whether it was shown to come from the person.
/// </summary>
public sealed class ErasedInTool(SubmitPrivacyRequest submit, PrivacyStore store, ClaimStore claims, Redirects redirects, HubModel model, HubKeys keys, TimeProvider time)
{
    public const string By = "system:";

    public async Task HandleAsync(IReadOnlyList<ErasedThere> erased, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        foreach (var one in erased)
            if (await claims.OwnerAsync(one.Ref, cancellationToken) is { } owner && redirects.Follow(owner) is var person && !await IsKnownAsync(one.Ref, person, cancellationToken))
                await submit.HandleAsync(CommandOf(one, person), cancellationToken);
    }

    /// <summary>The tool did what the hub told it to, or what somebody asks for already; or it told of this before, whatever came of it.</summary>
    private async Task<bool> IsKnownAsync(ExternalRef reference, RecordId person, CancellationToken cancellationToken)
    {
        foreach (var id in await store.WithAsync([Alias.Of(reference).Hash(keys), Alias.Of(person).Hash(keys)], cancellationToken))
            if (await store.FindAsync(id, cancellationToken) is { } request && KindRules.Erases(request.Kind)
                && (request.State.IsOpen() || request.State == PrivacyRequestState.Complete || request.SubmittedBy == By + reference.System.Name))
                return true;
        return false;
    }

    private SubmitCommand CommandOf(ErasedThere one, RecordId person) => new([PrivacyRequestKind.Erasure], new() { Records = [person] }, By + one.System.Name, one.Ref.ToString())
    {
        Laws = model.Privacy.Intake.Otherwise is { } law ? [law] : [],
        ReceivedAt = one.At < time.GetUtcNow() ? one.At : null,
    };
}
