namespace StackHub.Connecting;

/// <summary>
/// Times of vendors that date changes in coarse units. Two values with the same time are told apart by when they were asked for: what is
/// read later is what is there now.
/// </summary>
public static class ReadTime
{
    /// <summary>Past the unit and any error in the measured clock nothing can be added to that unit any more.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(4);

    /// <summary>
    /// The time inside its unit: at its beginning for what the vendor sent by itself or was asked for at once, at its end for what was
    /// asked for <see cref="Settled"/> later, rising in between. So the later of two readings is the later observation, in any order of arrival.
    /// </summary>
    /// <param name="at">The vendor's time, in units of <paramref name="precision"/>.</param>
    /// <param name="askedAt">On the vendor's clock; null where the vendor sent it by itself.</param>
    public static DateTimeOffset Refined(DateTimeOffset at, TimeSpan precision, DateTimeOffset? askedAt)
    {
        var room = precision - TimeSpan.FromMilliseconds(1);
        if (room <= TimeSpan.Zero || askedAt is not { } asked || asked <= at)
            return at;
        var share = Math.Min(1, (asked - at) / Settled);
        return at + TimeSpan.FromMilliseconds(Math.Floor(room.TotalMilliseconds * share));
    }

    public static IReadOnlyList<Change> AskedAt(this IEnumerable<Change> changes, DateTimeOffset askedAt) =>
        [.. changes.Select(change => change is Change.Seen seen ? seen with { AskedAt = askedAt } : change)];
}
