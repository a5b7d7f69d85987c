using System.Collections.Frozen;

namespace StackHub.Connectors.Klaviyo;

/// <summary>What of a batch Klaviyo has already, asked before an import, which would take over the profile of anybody it finds.</summary>
/// <param name="Ids">Of the profiles to update, those that are there.</param>
internal sealed record KlaviyoKnown(FrozenSet<string> Ids, FrozenDictionary<string, string> ByHubId, FrozenDictionary<string, string> ByEmail)
{
    public static async Task<KlaviyoKnown> AskAsync(KlaviyoReader reader, IReadOnlyList<KlaviyoPending> writes, CancellationToken cancellationToken)
    {
        var creates = writes.Where(write => write is { IsCreate: true, GoesAlone: false }).ToList();
        var ids = await reader.ByIdAsync(writes.Select(write => write.Write.Target).OfType<string>(), withSubscriptions: false, cancellationToken);
        var hubIds = await reader.FindAsync(KlaviyoFields.ExternalId, creates.Select(create => create.HubId), cancellationToken);
        var emails = await reader.FindAsync(KlaviyoFields.Email, creates.Select(create => create.Email).OfType<string>(), cancellationToken);
        return new(
            ids.Keys.ToFrozenSet(),
            hubIds.Where(profile => profile.ExternalId is not null).DistinctBy(profile => profile.ExternalId).ToFrozenDictionary(profile => profile.ExternalId!, profile => profile.Id!),
            emails.Where(profile => profile.Email is not null).DistinctBy(profile => profile.Email, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(profile => profile.Email!, profile => profile.Id!, StringComparer.OrdinalIgnoreCase));
    }

    public string? IdOf(KlaviyoPending create) =>
        ByHubId.GetValueOrDefault(create.HubId) ?? (create.Email is { } email ? ByEmail.GetValueOrDefault(email) : null);

    public override string ToString() => $"{Ids.Count + ByHubId.Count + ByEmail.Count} known";
}
