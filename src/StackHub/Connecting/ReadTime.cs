namespace StackHub.Connecting;

/// <summary>
/// Times of vendors that date changes in coarse units. Two values with the same time are told apart by when they were asked for: what is
/// read later is what is there now.
/// </summary>
public static class ReadTime
{
    /// <summary>The unit of a vendor that dates exactly, and of what the hub stores.</summary>
    public static readonly TimeSpan Fine = TimeSpan.FromMilliseconds(1);

    /// <summary>The share of the unit in which time runs as it does; the rest is for whatever is asked for later.</summary>
    private const double Straight = 0.9;

    /// <summary>
    /// The time inside its unit: at its beginning for what was asked for at once, and the nearer to its end the later it was asked for. So the later of two readings is the later observation, in any order of arrival, and even when the
    /// measured clock is off by more than the unit.
    /// </summary>
    /// <param name="at">The vendor's time, in units of <paramref name="precision"/>.</param>
    /// <param name="askedAt">On the vendor's clock; null where it was not asked for.</param>
    public static DateTimeOffset Refined(DateTimeOffset at, TimeSpan precision, DateTimeOffset? askedAt)
    {
        var room = precision - Fine;
        if (room <= TimeSpan.Zero || askedAt is not { } asked || asked <= at)
            return at;
        var (delay, straight) = ((asked - at).TotalMilliseconds, precision.TotalMilliseconds * Straight);
        var rest = Math.Max(0, delay - straight);
        return at + TimeSpan.FromMilliseconds(Math.Floor(Math.Min(delay, straight) + (room.TotalMilliseconds - straight) * rest / (rest + straight)));
    }

    public static IReadOnlyList<Change> AskedAt(this IEnumerable<Change> changes, DateTimeOffset askedAt) =>
        [.. changes.Select(change => change is Change.Seen seen ? seen with { AskedAt = askedAt } : change)];
}
