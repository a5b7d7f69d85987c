using StackHub.Connecting;
using StackHub.Connectors.Erasing;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// Erases contacts by their id, never by address: an address that HubSpot does not know is put on a block list, and with a typo that is a
/// stranger's. HubSpot removes the contact at once and purges it within 30 days; deals and companies can only be archived.
/// </summary>
internal static class HubSpotErasure
{
    public static readonly PrivacyAbility Ability = new()
    {
        Erasure = ErasureKind.Delete,
        ConfirmedBy = ErasureEvidence.Absence,
        GoneWithin = TimeSpan.FromDays(30),
        Source = "The contact is gone at once, and permanent removal takes up to 30 days (https://knowledge.hubspot.com).",
        TakesAlong = "its activities and form submissions; its address is put on a block list, so that it cannot be added again",
        Stays = "companies and deals, and notes that name the person there",
        Access = true,
        NotCovered = "e-mails, calls, notes and form submissions",
        Rectification = true,
        Consent = true,
    };

    /// <summary>HubSpot reads so many at once, and erases one by one.</summary>
    public const int Most = 100;

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    public static ErasureByAbsence Of(HubSpotConnector connector, HubSpotApi api) => new(connector, Wait)
    {
        FindAsync = async (email, cancellationToken) =>
            [.. ((await api.ReadAsync(HubSpotObject.Contacts, new([new(email)], ["email"], [], "email"), archived: false, cancellationToken).ConfigureAwait(false)).Results ?? []).Select(found => found.Id)],
        AskAsync = (ids, cancellationToken) => ErasureByAbsence.OneByOneAsync(ids, Wait, async id =>
        {
            await api.EraseAsync(HubSpotObject.Contacts, id, cancellationToken).ConfigureAwait(false);
            return null;
        }),
    };
}
