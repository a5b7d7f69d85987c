using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync;

namespace StackHub.Triggers;

/// <summary>
/// Drives the queue handlers where no Functions host does: takes messages in batches, renews them while they are handled, and deletes
/// them when they are done. A batch that fails is tried message by message; a message that failed five times becomes a dead letter.
/// </summary>
public sealed class QueuePump(IMessageQueue queue, IEnumerable<IQueueHandler> handlers, FailedMessages failed, TimeProvider time, PumpOptions options, ILogger<QueuePump> logger) : BackgroundService
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(handlers.SelectMany(handler => Enumerable.Range(0, WorkersOf(handler)).Select(_ => Task.Run(() => PumpAsync(handler, stoppingToken), stoppingToken))));

    /// <summary>Handles what is there; for tests and commands that pump by hand.</summary>
    /// <returns>The number of messages taken.</returns>
    public async Task<int> PumpOnceAsync(IQueueHandler handler, CancellationToken cancellationToken)
    {
        var messages = await queue.ReceiveAsync(handler.Queue, BatchOf(handler), Visibility, cancellationToken);
        if (messages.Count > 0)
            await HandleAsync(handler, messages, cancellationToken);
        return messages.Count;
    }

    private async Task PumpAsync(IQueueHandler handler, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await PumpOnceAsync(handler, cancellationToken) == 0)
                    await queue.WaitAsync(handler.Queue, IdleWait, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException) // the store failed: the messages come back by themselves
            {
                logger.MessageFailed(handler.Queue, "receive", e.GetType().Name, 0);
                await Task.Delay(IdleWait, time, CancellationToken.None);
            }
        }
    }

    private async Task HandleAsync(IQueueHandler handler, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count > 1 && messages.All(message => message.DequeueCount == 1))
        {
            try
            {
                await RunAsync(handler, messages, cancellationToken);
                return;
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException)) // find out which one it is
            {
                logger.MessageFailed(handler.Queue, $"batch of {messages.Count}", e.GetType().Name, 1);
            }
        }
        foreach (var message in messages)
            await HandleOneAsync(handler, message, cancellationToken);
    }

    private async Task HandleOneAsync(IQueueHandler handler, QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(handler, [message], cancellationToken);
        }
        catch (VendorUnavailableException e)
        {
            await failed.PutOffAsync(message, e, cancellationToken);
            await queue.DeleteAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            logger.MessageFailed(handler.Queue, message.Id, e.GetType().Name, message.DequeueCount);
            await FailAsync(message, e, cancellationToken);
        }
    }

    private async Task FailAsync(QueueMessage message, Exception failure, CancellationToken cancellationToken)
    {
        if (message.DequeueCount < Queues.MaxDequeueCount)
        {
            await queue.ExtendAsync(message, TimeSpan.FromSeconds(message.DequeueCount), cancellationToken);
            return;
        }
        var now = time.GetUtcNow();
        await failed.GiveUpAsync(message, failure.GetType().Name, now, RecordId.New(now).ToString(), cancellationToken);
        await queue.DeleteAsync(message, cancellationToken);
    }

    private async Task RunAsync(IQueueHandler handler, IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var held = messages.ToArray();
        using var handled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(held, handled.Token);
        try
        {
            await handler.HandleAsync(messages, cancellationToken);
        }
        finally
        {
            await handled.CancelAsync();
            await renewal;
        }
        await Task.WhenAll(held.Select(message => queue.DeleteAsync(message, cancellationToken)));
    }

    private async Task RenewAsync(QueueMessage[] held, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Without an exception: it would cost a lone message more than its handling.
            await Task.Delay(Visibility / 2, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
            for (var index = 0; index < held.Length; index++)
                held[index] = await queue.ExtendAsync(held[index], Visibility, CancellationToken.None) ?? held[index];
        }
    }

    /// <summary>A drain may take long, so wake-ups are taken one by one, by enough workers for every system.</summary>
    private int WorkersOf(IQueueHandler handler) => handler.Queue == Queues.Push ? options.PushWorkers : options.Workers;

    private static int BatchOf(IQueueHandler handler) => handler.Queue == Queues.Push ? 1 : QueueLimits.MaxReceive;
}

/// <param name="PushWorkers">More than there are systems and shards.</param>
public sealed record PumpOptions(int Workers, int PushWorkers)
{
    public static PumpOptions For(HubModel model) => new(2, model.Systems.Count * model.Shards + 2);
}
