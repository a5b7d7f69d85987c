using StackHub.Connecting;
using StackHub.Connectors.Erasing;

namespace StackHub.Connectors.Intercom;

/// <summary>
/// Erases contacts by deleting them; archiving would bring them back with all their data when the person returns. Intercom can restore a
/// deleted contact for seven days and is rid of it within ninety; conversation ratings stay.
/// </summary>
internal static class IntercomErasure
{
    public static readonly PrivacyAbility Ability = new()
    {
        Erasure = ErasureKind.Delete,
        ConfirmedBy = ErasureEvidence.Absence,
        GoneWithin = TimeSpan.FromDays(90),
        Source = "Intercom can restore a deleted contact for 7 days and is rid of it within 90 (https://www.intercom.com/help/en/articles/1815435).",
        ReturnsWithin = TimeSpan.FromDays(7), // who writes again is restored from the deleted contact
        Stays = "conversation ratings, and what was exported before",
        Access = true,
        NotCovered = "conversations and tickets",
        Rectification = true,
        Consent = true,
    };

    /// <summary>Contacts are deleted one by one, some side by side.</summary>
    public const int Most = 50;

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    public static ErasureByAbsence Of(IntercomConnector connector, IntercomApi api, IntercomContacts contacts) => new(connector, Wait)
    {
        FindAsync = async (email, cancellationToken) =>
        {
            var search = new IntercomSearch(new IntercomFilterGroup("OR", [new("email", "=", email)]), new IntercomPaging(IntercomApi.PageSize, null));
            return [.. ((await api.SearchAsync(search, 1, cancellationToken)).Data ?? []).Select(contact => new IntercomItem(contact).Id).OfType<string>()];
        },
        AskAsync = async (ids, cancellationToken) => ErasureByAbsence.NotTaken(await contacts.DeleteAsync(ids, cancellationToken), Wait),
    };
}
