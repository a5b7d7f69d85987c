using StackHub.Connecting;
using StackHub.Connectors.Erasing;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// Erases profiles by privacy requests, by id: by an address Klaviyo would erase every profile that matches it. There is no status; the
/// profile's absence tells (https://developers.klaviyo.com/en/reference/request_profile_deletion).
/// </summary>
internal static class KlaviyoErasure
{
    public static readonly PrivacyAbility Ability = new()
    {
        Erasure = ErasureKind.Delete,
        IsAsync = true,
        ConfirmedBy = ErasureEvidence.Absence,
        Source = "The request is accepted with 202 and has no status; Klaviyo names no time (https://developers.klaviyo.com/en/reference/request_profile_deletion).",
        TakesAlong = "its events and messages; asked for by an address it would be every profile that matches, so the hub asks by id",
        Access = true,
        NotCovered = "events and messages",
        Rectification = true,
        Consent = true,
    };

    /// <summary>A job takes one profile, and Klaviyo takes sixty jobs a minute.</summary>
    public const int Most = 50;

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    public static ErasureByAbsence Of(KlaviyoConnector connector, KlaviyoApi api, KlaviyoReader reader) => new(connector, Wait)
    {
        FindAsync = async (email, cancellationToken) => [.. (await reader.FindAsync(KlaviyoFields.Email, [email], cancellationToken)).Select(profile => profile.Id).OfType<string>()],
        AskAsync = (ids, cancellationToken) => ErasureByAbsence.OneByOneAsync(ids, Wait, async id =>
        {
            var reply = await api.StartAsync(KlaviyoJobRequest.Erase(id), cancellationToken);
            return reply is { IsMissing: false, Error: { } error } ? new ErasureOutcome.Refused(error.Code ?? "refused", error.Detail ?? "") : null;
        }),
    };
}
