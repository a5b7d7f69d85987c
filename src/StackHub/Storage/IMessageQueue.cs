namespace StackHub.Storage;

/// <summary>
/// A durable at-least-once queue with the semantics of Azure Storage Queues: a received message is hidden for a visibility time,
/// comes back when it is not deleted in time, and counts how often it was received. A body is at most
/// <see cref="QueueLimits.MaxBodyBytes"/> UTF-8 bytes. A message that failed <see cref="Queues.MaxDequeueCount"/> times is the pump's
/// to set aside: the queue itself never drops one.
/// </summary>
public interface IMessageQueue
{
    /// <summary>Makes the message durable before it returns; it becomes visible after <paramref name="delay"/> (at most seven days) and never expires.</summary>
    Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="max"/> (1 to 32) visible messages, hidden from others for <paramref name="visibility"/>: one second to seven
    /// days; a remote store takes the next whole second.
    /// </summary>
    Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>Hides a received message for longer, or lets it go early; null when its receipt is no longer valid.</summary>
    Task<QueueMessage?> ExtendAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>False when the message was received again by somebody else, or is gone.</summary>
    Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>The number of messages, visible or hidden; approximate on a remote store.</summary>
    Task<int> CountAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="max"/> (1 to 32) visible messages, without receiving them.</summary>
    Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken cancellationToken);

    /// <summary>Completes when a message may have become visible, or after <paramref name="timeout"/>; a hint, never a promise.</summary>
    Task WaitAsync(string queue, TimeSpan timeout, CancellationToken cancellationToken);
}
