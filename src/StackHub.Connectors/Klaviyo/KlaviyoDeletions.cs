using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// Deletes by privacy requests, the only deletion Klaviyo's API has: it is for good, it is done later, and only the profile's absence tells
/// (https://developers.klaviyo.com/en/reference/request_profile_deletion).
/// </summary>
internal sealed class KlaviyoDeletions(KlaviyoApi api, KlaviyoReader reader, KlaviyoOptions options, KlaviyoWaiting waiting)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<WriteOutcome>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<string, WriteOutcome>();
        var there = await ThereAsync(ids, cancellationToken);
        foreach (var id in there)
        {
            var reply = await api.StartAsync(KlaviyoJobRequest.Erase(id), cancellationToken);
            if (reply is { IsMissing: false, Error: { } error })
                refusals[id] = new WriteOutcome.Refused(error.Code ?? "refused", error.Detail ?? "");
        }

        there.ExceptWith(refusals.Keys);
        if (there.Count > 0)
            await waiting.UntilAsync(options.JobWait, async token => (there = await ThereAsync(there, token)).Count == 0, cancellationToken);
        return [.. ids.Select(id => refusals.GetValueOrDefault(id) ?? (there.Contains(id) ? new WriteOutcome.Retry("deletion_under_way", Later) : new WriteOutcome.Gone()))];
    }

    private async Task<HashSet<string>> ThereAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        [.. (await reader.ByIdAsync(ids, withSubscriptions: false, cancellationToken)).Keys];
}
