using StackHub.Storage;

namespace StackHub.Triggers;

/// <summary>Makes dead letters of what a Functions host moved to a queue's poison twin, as the pump makes them itself.</summary>
public sealed class PoisonHandler(string of, FailedMessages failed) : IQueueHandler
{
    private const string Code = "poison-message";

    public string Queue => Queues.Poison(of);

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            await failed.GiveUpAsync(message with { Queue = of, DequeueCount = Queues.MaxDequeueCount }, Code, message.InsertedAt, message.Id, cancellationToken);
    }
}
