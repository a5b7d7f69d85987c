using StackHub.Storage;

namespace StackHub.Testing.Storage;

/// <summary>Counts "queue.send", "queue.receive", "queue.extend", "queue.delete", "queue.count" and "queue.peek"; waiting is free.</summary>
public sealed class CountingQueue(IMessageQueue inner, OperationCounts counts) : IMessageQueue
{
    public CountingQueue(IMessageQueue inner)
        : this(inner, new OperationCounts())
    {
    }

    public OperationCounts Counts => counts;

    public Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        counts.Add("queue.send");
        return inner.SendAsync(queue, body, delay, cancellationToken);
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        counts.Add("queue.receive");
        return inner.ReceiveAsync(queue, max, visibility, cancellationToken);
    }

    public Task<QueueMessage?> ExtendAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        counts.Add("queue.extend");
        return inner.ExtendAsync(message, visibility, cancellationToken);
    }

    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        counts.Add("queue.delete");
        return inner.DeleteAsync(message, cancellationToken);
    }

    public Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        counts.Add("queue.count");
        return inner.CountAsync(queue, cancellationToken);
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken cancellationToken)
    {
        counts.Add("queue.peek");
        return inner.PeekAsync(queue, max, cancellationToken);
    }

    public Task WaitAsync(string queue, TimeSpan timeout, CancellationToken cancellationToken) => inner.WaitAsync(queue, timeout, cancellationToken);
}
