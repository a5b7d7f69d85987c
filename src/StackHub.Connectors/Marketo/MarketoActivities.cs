using System.Runtime.CompilerServices;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// A feed of the activity log from a moment on. Its paging tokens are opaque and expire, so none is ever kept: a moment can always be
/// turned into a new one, which is also how a feed goes on whose token is refused in the middle.
/// </summary>
internal sealed class MarketoActivities(MarketoApi api)
{
    private const int MaxRestarts = 3;

    /// <summary>Marketo does not say whether it begins at the moment or behind it.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(1);

    /// <summary>A token for the moment; one serves all feeds.</summary>
    public Task<string> TokenAsync(DateTimeOffset since, CancellationToken cancellationToken) => api.PagingTokenAsync(since - Overlap, cancellationToken);

    /// <summary>Pages until one lies wholly behind <paramref name="until"/>; what is outside the window may be among them, and may come twice.</summary>
    public async IAsyncEnumerable<IReadOnlyList<MarketoItem>> PagesAsync(string operation, string path, string token, DateTimeOffset since, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (reached, restarts) = (since, 0);
        while (true)
        {
            var reply = await api.ActivitiesAsync(operation, path, token, cancellationToken).ConfigureAwait(false);
            if (reply.Error is { } error)
            {
                if (MarketoErrors.NeedsPerson(error) || ++restarts > MaxRestarts)
                    api.Required(reply, operation);
                token = await TokenAsync(reached, cancellationToken).ConfigureAwait(false);
                continue;
            }

            restarts = 0;
            yield return reply.Result;
            if (!reply.MoreResult || AllBehind(reply.Result, until))
                yield break;
            reached = reply.Result.Select(TimeOf).Append(reached).Max();
            token = reply.NextPageToken is { Length: > 0 } next && next != token ? next : throw api.Unavailable($"{operation}: the paging makes no progress");
        }
    }

    public static DateTimeOffset TimeOf(MarketoItem activity) => activity.Time("activityDate") ?? DateTimeOffset.UnixEpoch;

    private static bool AllBehind(IReadOnlyList<MarketoItem> page, DateTimeOffset until) => page.Count > 0 && page.All(activity => TimeOf(activity) > until);
}
