using System.Collections.Frozen;
using StackHub.Connecting;
using StackHub.Storage;

namespace StackHub.Triggers;

/// <summary>
/// Runs the table's queue messages and ticks one by one, for a Functions host that takes messages and keeps time itself. What throws is
/// tried again by the host, which sets a message aside after five times.
/// </summary>
public sealed class HostedTriggers(IEnumerable<IQueueHandler> handlers, IEnumerable<ITimerHandler> timers, FailedMessages failed, TimerTick tick, IMessageQueue queue) : IDisposable
{
    private readonly FrozenDictionary<string, IQueueHandler> queues =
        handlers.Concat(Queues.All.Select(name => new PoisonHandler(name, failed))).ToFrozenDictionary(handler => handler.Queue, StringComparer.Ordinal);

    /// <summary>A drain takes what it finds by itself, a run is one for itself, and a slow one must not hold up another.</summary>
    private readonly FrozenDictionary<string, Gathering> gatherings =
        handlers.Where(handler => handler.Queue is not (Queues.Push or Queues.Runs)).ToFrozenDictionary(handler => handler.Queue, handler => new Gathering(handler), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, ITimerHandler> byName = timers.ToFrozenDictionary(timer => timer.Name, StringComparer.Ordinal);

    public Task TickAsync(string timer, CancellationToken cancellationToken) => tick.RunAsync(byName[timer], cancellationToken);

    /// <param name="deadline">Ends the work before the host would end the process.</param>
    public async Task HandleAsync(QueueMessage message, CancellationToken deadline, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        try
        {
            await (gatherings.TryGetValue(message.Queue, out var gathering) ? gathering.HandleAsync(message, either.Token) : queues[message.Queue].HandleAsync([message], either.Token));
        }
        catch (VendorUnavailableException e)
        {
            await failed.PutOffAsync(message, e, cancellationToken);
        }
        catch (OperationCanceledException) when (message.Queue is Queues.Push or Queues.Runs && deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Long work did not fail: a drain's rows are in the outbox, a run knows its place, and a new message goes on with them.
            await queue.SendAsync(message.Queue, message.Body, TimeSpan.Zero, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (var gathering in gatherings.Values)
            gathering.Dispose();
    }
}
