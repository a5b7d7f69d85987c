using System.Runtime.CompilerServices;
using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// The change feed: profiles by the time of their last change. Klaviyo tells that time by the second, and within a second its order is its
/// own, so each second is told whole, by id. A cursor that got lost is replaced by a new question from the last second told. Deleted
/// profiles are not in the list at all; id sweeps find them.
/// </summary>
internal sealed class KlaviyoFeed(KlaviyoApi api, KlaviyoReader reader)
{
    private const string Updated = "updated";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<FeedPage> ChangesAsync(IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = WholeSecond(from);
        var second = new List<KlaviyoProfile>(); // the newest one, which may go on on the next page
        var query = QueryOf(position, until, fields);
        var isFirst = true;
        while (true)
        {
            var page = await api.ListAsync(query, cancellationToken);
            if (page.Profiles is not { } profiles)
            {
                if (isFirst)
                    throw NoProgress();
                (second, query, isFirst) = ([], QueryOf(position, until, fields), true);
                continue;
            }

            if (page.Cursor is not null && page.Cursor == query.Cursor)
                throw NoProgress();
            second.AddRange(profiles.Where(profile => profile.Updated <= until && IsBehind(profile, position)));
            var whole = Whole(second, isLast: page.Cursor is null);
            if (whole.Count > 0)
            {
                position = new(whole[^1].Updated!.Value, whole[^1].Id!);
                isFirst = false;
                yield return new([.. whole.Select(profile => reader.Seen(profile, fields))], position);
            }

            if (page.Cursor is null)
                break;
            query = query with { Cursor = page.Cursor };
        }

        if (position.Time < until)
            yield return new([], FeedPosition.At(until));
    }

    /// <summary>Takes out of the list what is complete: all seconds but the newest, and that one too at the end.</summary>
    private static List<KlaviyoProfile> Whole(List<KlaviyoProfile> profiles, bool isLast)
    {
        if (profiles.Count == 0)
            return [];
        var newest = profiles[^1].Updated;
        var whole = profiles.Where(profile => isLast || profile.Updated < newest).DistinctBy(profile => profile.Id)
            .OrderBy(profile => profile.Updated).ThenBy(profile => profile.Id, StringComparer.Ordinal).ToList();
        profiles.RemoveAll(profile => isLast || profile.Updated < newest);
        return whole;
    }

    private static bool IsBehind(KlaviyoProfile profile, FeedPosition position) =>
        profile.Updated > position.Time || (profile.Updated == position.Time && string.CompareOrdinal(profile.Id, position.Id) > 0);

    private static KlaviyoQuery QueryOf(FeedPosition position, DateTimeOffset until, IReadOnlyList<string> fields) =>
        new(KlaviyoFilter.Between(Updated, position.Time - Second, Cut(until) + Second)) { Sort = Updated, WithSubscriptions = fields.Contains(KlaviyoFields.OptOut) };

    /// <summary>A position inside a second comes from a clock: that second is read again.</summary>
    private static FeedPosition WholeSecond(FeedPosition from) => from.Time == Cut(from.Time) ? from : FeedPosition.At(Cut(from.Time));

    private static DateTimeOffset Cut(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private VendorUnavailableException NoProgress() => api.Unavailable($"{KlaviyoLimits.List}: the feed makes no progress");
}
