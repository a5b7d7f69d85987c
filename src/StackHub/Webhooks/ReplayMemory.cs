using System.Collections.Concurrent;

namespace StackHub.Webhooks;

/// <summary>
/// Deliveries this process has taken lately. A repeat is answered as accepted and not queued again; one that slips through (another
/// process, a restart) is applied twice, which changes nothing.
/// </summary>
public sealed class ReplayMemory(TimeProvider time)
{
    private const int Capacity = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private ConcurrentDictionary<string, bool> young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, bool> old = new(StringComparer.Ordinal);
    private DateTimeOffset turnedAt = time.GetUtcNow();
    private int count;

    public bool Remembers(string key) => young.ContainsKey(key) || old.ContainsKey(key);

    /// <summary>Called after the delivery is durable, so that a delivery that failed may come again.</summary>
    public void Remember(string key)
    {
        if (Interlocked.Increment(ref count) > Capacity || time.GetUtcNow() - turnedAt > Window)
            Turn();
        young[key] = true;
    }

    private void Turn()
    {
        old = young;
        young = new(StringComparer.Ordinal);
        count = 0;
        turnedAt = time.GetUtcNow();
    }
}
