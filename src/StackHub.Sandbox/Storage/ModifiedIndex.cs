namespace StackHub.Sandbox.Storage;

/// <summary>Records in the order they were last changed, so that a change feed is a range and not a scan.</summary>
internal sealed class ModifiedIndex<T>(Func<T, long> number)
{
    private readonly SortedSet<(long Ticks, long Number)> order = [];
    private readonly Dictionary<long, (long Ticks, T Record)> records = [];

    public void Put(T record, DateTimeOffset modified)
    {
        var key = number(record);
        if (records.TryGetValue(key, out var old))
            order.Remove((old.Ticks, key));
        records[key] = (modified.UtcTicks, record);
        order.Add((modified.UtcTicks, key));
    }

    public void Remove(T record)
    {
        var key = number(record);
        if (records.Remove(key, out var old))
            order.Remove((old.Ticks, key));
    }

    /// <summary>Records changed within the closed range, oldest first.</summary>
    public IEnumerable<T> Between(DateTimeOffset from, DateTimeOffset to) => from > to
        ? []
        : order.GetViewBetween((from.UtcTicks, long.MinValue), (to.UtcTicks, long.MaxValue)).Select(entry => records[entry.Number].Record);
}
