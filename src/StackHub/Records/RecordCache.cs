using System.Collections.Concurrent;

namespace StackHub.Records;

/// <summary>The records this process touched last, up to a fixed number; the older half goes when it is full.</summary>
public sealed class RecordCache(int capacity)
{
    private readonly Lock turning = new();
    private ConcurrentDictionary<RecordId, StoredRecord> young = new();
    private ConcurrentDictionary<RecordId, StoredRecord> old = new();
    private int added;

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
        if (!young.TryAdd(stored.Record.Id, stored))
            young[stored.Record.Id] = stored;
        else if (Interlocked.Increment(ref added) > capacity / 2)
            Turn();
    }

    public void Remove(RecordId id)
    {
        young.TryRemove(id, out _);
        old.TryRemove(id, out _);
    }

    /// <summary>Two generations instead of a list of uses: cheap, without locks on the way, and bounded.</summary>
    private void Turn()
    {
        lock (turning)
        {
            if (added <= capacity / 2)
                return;
            old = young;
            young = new();
            added = 0;
        }
    }
}
