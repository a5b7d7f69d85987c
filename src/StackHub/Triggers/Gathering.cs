using StackHub.Storage;

namespace StackHub.Triggers;

/// <summary>
/// Brings together what a Functions host hands over message by message: those that came while others were handled are handled at once, so
/// that a burst costs few storage operations. Each message's caller is told how its own message fared.
/// </summary>
public sealed class Gathering(IQueueHandler handler) : IDisposable
{
    /// <summary>As many as the pump has.</summary>
    private const int Workers = 2;

    private readonly SemaphoreSlim places = new(Workers);
    private readonly Lock gate = new();
    private readonly List<Waiting> waiting = [];

    public async Task HandleAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var mine = new Waiting(message);
        lock (gate)
            waiting.Add(mine);
        try
        {
            await places.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (gate)
                waiting.Remove(mine);
            throw;
        }
        try
        {
            await RunAsync(Take(), cancellationToken);
        }
        finally
        {
            places.Release();
        }
        await mine.Done.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => places.Dispose();

    /// <summary>None when another took ours along.</summary>
    private Waiting[] Take()
    {
        lock (gate)
        {
            var taken = waiting.Take(QueueLimits.MaxReceive).ToArray();
            waiting.RemoveRange(0, taken.Length);
            return taken;
        }
    }

    private async Task RunAsync(Waiting[] taken, CancellationToken cancellationToken)
    {
        if (taken.Length > 1 && taken.All(one => one.Message.DequeueCount == 1) && await SucceedsAsync(taken, cancellationToken))
            return;
        foreach (var one in taken)
            await RunAloneAsync(one, cancellationToken);
    }

    private async Task<bool> SucceedsAsync(Waiting[] taken, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleAsync([.. taken.Select(one => one.Message)], cancellationToken);
        }
        catch (Exception e) when (e is not OutOfMemoryException) // find out which one it is
        {
            return false;
        }
        foreach (var one in taken)
            one.Done.TrySetResult();
        return true;
    }

    private async Task RunAloneAsync(Waiting one, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleAsync([one.Message], cancellationToken);
            one.Done.TrySetResult();
        }
        catch (Exception e) when (e is not OutOfMemoryException) // its own caller is told
        {
            one.Done.TrySetException(e);
        }
    }

    private sealed record Waiting(QueueMessage Message)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
