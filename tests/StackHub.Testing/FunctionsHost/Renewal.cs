using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace StackHub.Testing.FunctionsHost;

/// <summary>Keeps a message hidden while it is handled.</summary>
internal sealed class Renewal(QueueClient queue, QueueMessage message, TimeSpan lease)
{
    public string Receipt { get; private set; } = message.PopReceipt;

    public async Task<bool> WhileAsync(Func<Task<bool>> work, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(done.Token);
        try
        {
            return await work();
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(lease / 2, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
            Receipt = (await queue.UpdateMessageAsync(message.MessageId, Receipt, (string?)null, lease, CancellationToken.None)).Value.PopReceipt;
        }
    }
}
