using System.Collections.Concurrent;

namespace StackHub.Sqlite.Queues;

/// <summary>Wakes the waiters of a queue in this process. Ringing without waiters costs one exchange.</summary>
internal sealed class QueueBells
{
    private readonly ConcurrentDictionary<int, Bell> bells = [];

    public void Ring(int queue)
    {
        if (bells.TryGetValue(queue, out var bell))
            bell.Ring();
    }

    /// <summary>Completes at the next ring; take it before looking into the queue.</summary>
    public Task NextRing(int queue) => bells.GetOrAdd(queue, static _ => new Bell()).Next();

    private sealed class Bell
    {
        private TaskCompletionSource? waiters;

        public void Ring() => Interlocked.Exchange(ref waiters, null)?.TrySetResult();

        public Task Next()
        {
            while (true)
            {
                if (Volatile.Read(ref waiters) is { } present)
                    return present.Task;
                var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Interlocked.CompareExchange(ref waiters, mine, null) is null)
                    return mine.Task;
            }
        }
    }
}
