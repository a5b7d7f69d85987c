using Microsoft.Extensions.Logging;
using StackHub.Connecting;
using StackHub.Storage;
using StackHub.Sync;
using StackHub.Sync.DeadLetters;

namespace StackHub.Triggers;

/// <summary>What becomes of a message that could not be handled, whoever drives the queue.</summary>
public sealed class FailedMessages(IMessageQueue queue, DeadLetterStore deadLetters, ILogger<FailedMessages> logger)
{
    private static readonly TimeSpan ShortWhile = TimeSpan.FromSeconds(5);

    /// <summary>A vendor that is not to be had is not the message's fault: it waits, as a new message, and is never given up. The old one is the caller's to delete.</summary>
    public Task PutOffAsync(QueueMessage message, VendorUnavailableException failure, CancellationToken cancellationToken)
    {
        var delay = failure.RetryAfter ?? ShortWhile;
        logger.VendorUnavailable(failure.System, failure.Reason, delay);
        return queue.SendAsync(message.Queue, message.Body, delay, cancellationToken);
    }

    /// <summary>Keeps a message that failed too often as a dead letter, to be replayed when what stopped it is mended. Twice is once.</summary>
    /// <param name="message">As it was in its own queue.</param>
    /// <param name="unique">Tells it from others of the same moment.</param>
    public Task GiveUpAsync(QueueMessage message, string code, DateTimeOffset at, string unique, CancellationToken cancellationToken) =>
        deadLetters.AddAsync(new($"{at.ToUnixTimeMilliseconds():D14}-{unique}", at, code, $"The message failed {message.DequeueCount} times.")
        {
            Queue = message.Queue,
            Body = message.Body,
        }, cancellationToken);
}
