using StackHub.Identity;
using StackHub.Security;
using StackHub.Suppression;

namespace StackHub.Privacy.Consent;

/// <summary>What somebody said of purposes: a refusal has to outlive them, so it stays as a trace without a name.</summary>
public sealed class ConsentCopies(ConsentLedger ledger, HubKeys keys) : ISubjectStore
{
    public string Name => "consents";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var spoken in subject.Records.Select(ConsentSubject.Of).Concat(Addresses(subject)).Distinct())
            erased += await ledger.ForgetProofsAsync(spoken, cancellationToken);
        return erased;
    }

    private IEnumerable<ConsentSubject> Addresses(ErasedSubject subject) =>
        subject.Keys.Where(key => key.Kind == IdentityKey.Email).Select(key => EmailKey.From(key.Text)).OfType<EmailKey>().Select(address => ConsentSubject.Of(address, keys));
}
