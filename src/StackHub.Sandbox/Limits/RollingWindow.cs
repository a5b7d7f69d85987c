namespace StackHub.Sandbox.Limits;

/// <summary>Exactly how many calls arrived within the last so many seconds, from a log of arrival times.</summary>
internal sealed class RollingWindow(int limit, TimeSpan length)
{
    private readonly Queue<long> arrivals = [];

    public int Limit => limit;

    public TimeSpan Length => length;

    public int Used(DateTimeOffset now)
    {
        while (arrivals.TryPeek(out var first) && first <= now.UtcTicks - length.Ticks)
            arrivals.Dequeue();
        return arrivals.Count;
    }

    public int Remaining(DateTimeOffset now) => Math.Max(0, limit - Used(now));

    /// <summary>Counts an arrival; false, and not counted, when the window is full.</summary>
    public bool TryEnter(DateTimeOffset now)
    {
        if (Used(now) >= limit)
            return false;
        arrivals.Enqueue(now.UtcTicks);
        return true;
    }

    /// <summary>How long until one more call fits.</summary>
    public TimeSpan UntilFree(DateTimeOffset now) =>
        Used(now) < limit ? TimeSpan.Zero : new(arrivals.Peek() + length.Ticks - now.UtcTicks);
}
