using StackHub.Connecting;
using StackHub.Connectors.Erasing;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// Erases leads by deleting them, all that share the address when an address is given. A lead that is synced from Salesforce comes back at
/// that record's next change, so Salesforce has to be done first.
/// </summary>
internal static class MarketoErasure
{
    public static readonly PrivacyAbility Ability = new()
    {
        Erasure = ErasureKind.Delete,
        ConfirmedBy = ErasureEvidence.Absence,
        GoneWithin = TimeSpan.Zero,
        Source = "Leads are deleted at once; one that is synced from Salesforce comes back at that record's next change (https://experienceleague.adobe.com, \"Delete a Person\").",
        TakesAlong = "its activities; with an address every lead that shares it",
        Access = true,
        NotCovered = "activities",
        Rectification = true,
        Consent = true,
    };

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    public static ErasureByAbsence Of(MarketoConnector connector, MarketoLeads leads, MarketoLookup lookup) => new(connector, Wait)
    {
        FindAsync = async (email, cancellationToken) =>
            [.. (await lookup.FindAsync(MarketoObject.Leads, MarketoObject.Email, [email], [MarketoObject.Leads.Key], cancellationToken).ConfigureAwait(false)).Select(item => item.Text(MarketoObject.Leads.Key)).OfType<string>()],
        AskAsync = async (ids, cancellationToken) => ErasureByAbsence.NotTaken(await leads.DeleteAsync(ids, cancellationToken).ConfigureAwait(false), Wait),
    };
}
