using System.Globalization;
using System.Runtime.CompilerServices;
using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// All profiles, oldest first, so that new ones come at the end. A checkpoint is the vendor's cursor and the time it stands at: a cursor
/// that Klaviyo no longer knows is replaced by the time, and what that second holds is read once more.
/// </summary>
internal sealed class KlaviyoScan(KlaviyoApi api, KlaviyoReader reader)
{
    private const string Created = "created";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<ScanPage> PagesAsync(IReadOnlyList<string> fields, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = Place.Parse(checkpoint);
        var lastSecond = new LastSecond();
        var hasProgress = true;
        while (true)
        {
            var page = await api.ListAsync(QueryOf(place, fields), cancellationToken);
            if (page.Profiles is not { } profiles)
            {
                place = hasProgress ? new Place(place.Time, place.Time, Cursor: null) : throw NoProgress();
                continue;
            }

            if (page.Cursor is not null && page.Cursor == place.Cursor)
                throw NoProgress();
            var fresh = lastSecond.Fresh(profiles.Where(profile => !(profile.Created < place.From)));
            hasProgress = fresh.Count > 0;
            place = place with { Time = lastSecond.Time ?? place.Time, Cursor = page.Cursor };
            yield return new([.. fresh.Select(profile => reader.Seen(profile, fields))], page.Cursor is null ? null : place.ToString());
            if (page.Cursor is null)
                yield break;
        }
    }

    private static KlaviyoQuery QueryOf(Place place, IReadOnlyList<string> fields) =>
        new(place.From is { } from ? KlaviyoFilter.After(Created, from - Second) : null) { Sort = Created, Cursor = place.Cursor, WithSubscriptions = fields.Contains(KlaviyoFields.OptOut) };

    private VendorUnavailableException NoProgress() => api.Unavailable($"{KlaviyoLimits.List}: the listing makes no progress");

    /// <summary>Which profiles of the newest second were read already, for when it has to be read again.</summary>
    private sealed class LastSecond
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);

        public DateTimeOffset? Time { get; private set; }

        public List<KlaviyoProfile> Fresh(IEnumerable<KlaviyoProfile> profiles)
        {
            var fresh = profiles.Where(profile => !seen.Contains(profile.Id!)).ToList();
            foreach (var profile in fresh)
            {
                if (profile.Created != Time)
                    seen.Clear();
                Time = profile.Created;
                seen.Add(profile.Id!);
            }

            return fresh;
        }
    }

    /// <param name="From">The time the question began at, to which the cursor belongs.</param>
    /// <param name="Time">The time of the last profile read.</param>
    private sealed record Place(DateTimeOffset? From, DateTimeOffset? Time, string? Cursor)
    {
        public static Place Parse(string? checkpoint)
        {
            var parts = checkpoint?.Split('|', 3) ?? [];
            return parts.Length == 3 ? new(At(parts[0]), At(parts[1]), parts[2]) : new(null, null, null);
        }

        public override string ToString() => $"{From?.ToUnixTimeSeconds()}|{Time?.ToUnixTimeSeconds()}|{Cursor}";

        private static DateTimeOffset? At(string seconds) =>
            long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? DateTimeOffset.FromUnixTimeSeconds(value) : null;
    }
}
