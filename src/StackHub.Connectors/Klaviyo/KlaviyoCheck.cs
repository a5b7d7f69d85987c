using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>May we read, and are the lists there that consent is written to.</summary>
internal sealed class KlaviyoCheck(KlaviyoApi api, KlaviyoOptions options)
{
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await api.ListAsync(new KlaviyoQuery(Filter: null) { WithSubscriptions = true }, cancellationToken);
            return await ListProblemsAsync(cancellationToken);
        }
        catch (VendorUnavailableException e)
        {
            return [e.NeedsPerson ? $"Klaviyo refuses us ({e.Reason}): check the key or grant and its scopes." : $"Klaviyo cannot be reached now ({e.Reason})."];
        }
    }

    private async Task<List<string>> ListProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var (name, list) in new[] { ("list", options.List), ("optInList", options.OptInList) })
        {
            if (list is not null && !await api.HasListAsync(list, cancellationToken))
                problems.Add($"Klaviyo has no list '{list}': correct the setting '{name}'.");
        }

        return problems;
    }
}
