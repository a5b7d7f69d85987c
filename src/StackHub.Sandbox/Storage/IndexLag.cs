namespace StackHub.Sandbox.Storage;

/// <summary>What the search index still shows of records that were written a moment ago.</summary>
internal sealed class IndexLag<T> where T : class
{
    private readonly Dictionary<T, (T? Before, DateTimeOffset Until)> held = [];

    /// <summary>Keeps showing the older state (null: nothing) until then.</summary>
    public void Hold(T record, T? before, DateTimeOffset now, TimeSpan lag)
    {
        if (lag <= TimeSpan.Zero)
            return;
        Release(now);
        held[record] = (held.TryGetValue(record, out var earlier) ? earlier.Before : before, now + lag);
    }

    /// <summary>The record as the index sees it now.</summary>
    public T? Seen(T record) => held.Count > 0 && held.TryGetValue(record, out var entry) ? entry.Before : record;

    /// <summary>Records whose index entry is older than they are.</summary>
    public IReadOnlyCollection<T> Late(DateTimeOffset now)
    {
        Release(now);
        return held.Keys;
    }

    private void Release(DateTimeOffset now)
    {
        if (held.Count == 0)
            return;
        foreach (var record in held.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToList())
            held.Remove(record);
    }
}
