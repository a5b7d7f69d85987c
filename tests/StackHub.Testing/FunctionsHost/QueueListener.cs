using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace StackHub.Testing.FunctionsHost;

/// <summary>
/// A queue trigger's listener: takes batches while few messages are under way, hides each for the lease and renews it, deletes what
/// succeeded, and lets go what failed or moves it to the poison queue. A message of a poison queue that fails stays hidden for its lease.
/// </summary>
internal sealed class QueueListener(FunctionDeclaration function, QueueServiceClient service, HostFile file, TimeSpan lease, Invoker invoker, HostLog log)
{
    private const string PoisonSuffix = "-poison";
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(100);
    private readonly QueueClient queue = service.GetQueueClient(function.Target);
    private readonly QueueClient? poison = function.Target.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : service.GetQueueClient(function.Target + PoisonSuffix);
    private readonly List<Task> running = [];

    /// <summary>Until told to stop; then what is under way is finished or, when the host dies, left.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken kill)
    {
        var wait = Soonest;
        while (!stop.IsCancellationRequested)
        {
            var taken = await TakeAsync(stop);
            foreach (var message in taken)
                running.Add(Task.Run(() => HandleAsync(message, kill), CancellationToken.None));
            wait = taken.Length > 0 ? Soonest : wait * 1.5 < file.MaxPollingInterval ? wait * 1.5 : file.MaxPollingInterval;
            if (taken.Length == 0)
                await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await UntilFewAsync();
        }
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task UntilFewAsync()
    {
        running.RemoveAll(task => task.IsCompletedSuccessfully);
        while (running.Count > file.NewBatchThreshold)
            running.Remove(await Task.WhenAny(running));
    }

    /// <summary>A queue that is not there yet is looked for again.</summary>
    private async Task<QueueMessage[]> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(file.BatchSize, lease, cancellationToken)).Value;
        }
        catch (Exception e) when (e is OperationCanceledException or RequestFailedException)
        {
            if (e is RequestFailedException { ErrorCode: not "QueueNotFound" } && !cancellationToken.IsCancellationRequested)
                log.Add($"{function.Name}: the queue failed: {e.Message}");
            return [];
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken kill)
    {
        try
        {
            var renewed = new Renewal(queue, message, lease);
            var succeeded = message.DequeueCount <= file.MaxDequeueCount && Text(message) is { } text
                && await renewed.WhileAsync(() => invoker.InvokeAsync(function, HostPayload.OfQueue(function, message, text), kill), kill);
            if (succeeded)
                await queue.DeleteMessageAsync(message.MessageId, renewed.Receipt, kill);
            else if (poison is not null)
                await FailAsync(message, renewed.Receipt, poison, kill);
        }
        catch (OperationCanceledException)
        {
            // The host died: the lease ends by itself.
        }
        catch (Exception e) when (e is RequestFailedException or InvalidOperationException)
        {
            log.Add($"{function.Name}: {e.Message}");
        }
    }

    private async Task FailAsync(QueueMessage message, string receipt, QueueClient poisonQueue, CancellationToken cancellationToken)
    {
        if (message.DequeueCount < file.MaxDequeueCount)
        {
            await queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, file.VisibilityTimeout, cancellationToken);
            return;
        }
        log.Add($"{function.Name}: a message is poison");
        await poisonQueue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await poisonQueue.SendMessageAsync(message.Body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellationToken);
        await queue.DeleteMessageAsync(message.MessageId, receipt, cancellationToken);
    }

    private string? Text(QueueMessage message)
    {
        var body = message.Body.ToString();
        if (!file.Base64)
            return body;
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
