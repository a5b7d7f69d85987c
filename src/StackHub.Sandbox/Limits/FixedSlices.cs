namespace StackHub.Sandbox.Limits;

/// <summary>A limit per slice of the clock (10 s from :00, :10, ...), as Intercom counts.</summary>
internal sealed class FixedSlices(int limit, TimeSpan length)
{
    private long slice = -1;
    private int used;

    public int Limit => limit;

    public int Remaining(DateTimeOffset now)
    {
        Turn(now);
        return Math.Max(0, limit - used);
    }

    public bool TryEnter(DateTimeOffset now)
    {
        Turn(now);
        return used < limit && ++used > 0;
    }

    public DateTimeOffset Resets(DateTimeOffset now) => new(((now.UtcTicks / length.Ticks) + 1) * length.Ticks, TimeSpan.Zero);

    private void Turn(DateTimeOffset now)
    {
        var current = now.UtcTicks / length.Ticks;
        if (current != slice)
            (slice, used) = (current, 0);
    }
}
