using System.Collections.Concurrent;

namespace StackHub.AzureStorage.Queues;

/// <summary>Wakes one waiter of a queue in this process for each message it sends: every woken waiter is a request to Azure.</summary>
internal sealed class QueueBells
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> bells = new(StringComparer.Ordinal);

    public void Ring(string queue)
    {
        if (!bells.TryGetValue(queue, out var bell))
            return;
        lock (bell)
            if (bell.CurrentCount == 0)
                bell.Release();
    }

    public Task WaitAsync(string queue, TimeSpan longest, CancellationToken cancellationToken) =>
        bells.GetOrAdd(queue, static _ => new SemaphoreSlim(0, 1)).WaitAsync(longest, cancellationToken);
}
