using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StackHub.AzureStorage.Queues;
using StackHub.Storage;
using QueueMessage = StackHub.Storage.QueueMessage;

namespace StackHub.AzureStorage;

/// <summary>Queues on Azure Storage. A queue is made when the first message misses it; one that is not there is empty.</summary>
public sealed class AzureQueue(AzureStorageAccount account) : IMessageQueue
{
    /// <summary>Azure's default drops a message after seven days.</summary>
    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    private readonly ConcurrentDictionary<string, QueueClient> clients = new(StringComparer.Ordinal);
    private readonly QueueBells bells = new();

    public async Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        QueueLimits.CheckBody(body);
        QueueLimits.CheckDelay(delay);
        var client = Client(queue);
        try
        {
            await client.SendMessageAsync(body, WholeSeconds(delay), NeverExpires, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await client.SendMessageAsync(body, WholeSeconds(delay), NeverExpires, cancellationToken);
        }
        bells.Ring(queue);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        QueueLimits.CheckReceive(max, visibility);
        try
        {
            var messages = (await Client(queue).ReceiveMessagesAsync(max, WholeSeconds(visibility), cancellationToken)).Value;
            return [.. messages.Select(message => new QueueMessage(queue, message.MessageId, message.PopReceipt, message.Body.ToString(), (int)message.DequeueCount, message.InsertedOn!.Value))];
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }

    public async Task<QueueMessage?> ExtendAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(message.Queue);
        QueueLimits.CheckDelay(visibility);
        try
        {
            // Without a text the message keeps its own.
            var receipt = (await Client(message.Queue).UpdateMessageAsync(message.Id, message.Receipt, messageText: null, WholeSeconds(visibility), cancellationToken)).Value;
            bells.Ring(message.Queue);
            return message with { Receipt = receipt.PopReceipt };
        }
        catch (RequestFailedException e) when (IsStale(e))
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(message.Queue);
        try
        {
            await Client(message.Queue).DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (IsStale(e))
        {
            return false;
        }
    }

    public async Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        try
        {
            return (await Client(queue).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return 0;
        }
    }

    public async Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        QueueLimits.CheckPeek(max);
        try
        {
            var messages = (await Client(queue).PeekMessagesAsync(max, cancellationToken)).Value;
            return [.. messages.Select(message => new QueueMessage(queue, message.MessageId, "", message.Body.ToString(), (int)message.DequeueCount, message.InsertedOn!.Value))];
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }

    /// <summary>Asks Azure nothing, since a look into a queue costs as much as receiving from it: it ends early for a message of this process.</summary>
    public Task WaitAsync(string queue, TimeSpan timeout, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        var longest = timeout < account.Options.PollInterval ? timeout : account.Options.PollInterval;
        return bells.WaitAsync(queue, longest, cancellationToken);
    }

    /// <summary>Somebody else received the message, or it is gone. A receipt that is none is a bad parameter to Azure.</summary>
    private static bool IsStale(RequestFailedException failure) =>
        failure.ErrorCode is "MessageNotFound" or "PopReceiptMismatch" or "QueueNotFound" or "InvalidQueryParameterValue";

    /// <summary>Azure counts in seconds; a shorter time would let a message go early.</summary>
    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));

    private QueueClient Client(string queue) => clients.GetOrAdd(queue, account.Queues.GetQueueClient);
}
