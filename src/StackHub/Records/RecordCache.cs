using System.Collections.Concurrent;

namespace StackHub.Records;

/// <summary>
/// The records this process touched last, up to a fixed number of them and of their cells: a person in six tools takes the memory of six in
/// one. The older half goes when either is reached.
/// </summary>
public sealed class RecordCache(int capacity, int cells)
{
    private readonly Lock turning = new();
    private ConcurrentDictionary<RecordId, StoredRecord> young = new();
    private ConcurrentDictionary<RecordId, StoredRecord> old = new();
    private int added;
    private int weight;

    public StoredRecord? Get(RecordId id)
    {
        if (young.TryGetValue(id, out var stored))
            return stored;
        if (!old.TryGetValue(id, out stored))
            return null;
        Set(stored);
        return stored;
    }

    public void Set(StoredRecord stored)
    {
        var before = 0;
        if (young.TryAdd(stored.Record.Id, stored))
            Interlocked.Increment(ref added);
        else
            (before, young[stored.Record.Id]) = (young.TryGetValue(stored.Record.Id, out var known) ? CellsOf(known) : 0, stored);
        Interlocked.Add(ref weight, CellsOf(stored) - before);
        if (IsFull)
            Turn();
    }

    public void Remove(RecordId id)
    {
        young.TryRemove(id, out _);
        old.TryRemove(id, out _);
    }

    private bool IsFull => added > capacity / 2 || weight > cells / 2;

    private static int CellsOf(StoredRecord stored)
    {
        var count = 0;
        foreach (var link in stored.Record.Links)
            count += link.Cells.Count;
        return count;
    }

    /// <summary>Two generations instead of a list of uses: cheap, without locks on the way, and bounded.</summary>
    private void Turn()
    {
        lock (turning)
        {
            if (!IsFull)
                return;
            old = young;
            young = new();
            (added, weight) = (0, 0);
        }
    }
}
