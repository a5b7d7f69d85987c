using StackHub.Storage;

namespace StackHub.Triggers;

/// <summary>Handles messages of one queue. At-least-once: every message may come again, in any company.</summary>
public interface IQueueHandler
{
    string Queue { get; }

    /// <summary>All messages succeed, or none is deleted; the caller then tries them one by one.</summary>
    Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken);
}

/// <summary>Work that a timer starts. One instance runs it at a time; a missed tick runs once.</summary>
public interface ITimerHandler
{
    string Name { get; }

    TimeSpan Every { get; }

    Task RunAsync(CancellationToken cancellationToken);
}
