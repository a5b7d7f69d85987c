using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Sync.Outbox;

/// <summary>The message that wakes a drainer.</summary>
public sealed record PushMessage(string System, int Shard);

/// <summary>
/// Wakes drainers through the push queue. Where one process does everything, a wake-up that still waits serves all changes that come
/// before it is taken, so a burst costs one message.
/// </summary>
public sealed class PushSignals(IMessageQueue queue, PushSignalOptions options, TimeProvider time)
{
    /// <summary>Short, so that a slow system hardly delays what goes to the others.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<(SystemId, int), bool> waiting = new();
    private readonly ConcurrentDictionary<(SystemId, int), bool> behind = new();

    public async Task WakeAsync(SystemId system, int shard, CancellationToken cancellationToken)
    {
        if (!options.SingleProcess)
            await SendAsync(system, shard, TimeSpan.Zero, cancellationToken);
        else if (waiting.TryAdd((system, shard), true))
            await SendWaitingAsync(system, shard, cancellationToken);
    }

    /// <summary>
    /// A wake-up for rows that are being stored. One process writes its store in the order of asking, so the wake-up need not wait for the
    /// rows: it becomes durable with them or after them, and is not seen before.
    /// </summary>
    public async Task WakeWithAsync(SystemId system, int shard, Task stored, CancellationToken cancellationToken)
    {
        if (options.SingleProcess && waiting.TryAdd((system, shard), true))
        {
            await Task.WhenAll(stored, SendWaitingAsync(system, shard, cancellationToken));
            return;
        }
        await stored;
        await WakeAsync(system, shard, cancellationToken); // the one that waited may have been taken before the rows were there
    }

    /// <summary>A wake-up later, for rows that were put off; never held back by one that waits.</summary>
    public Task WakeAfterAsync(SystemId system, int shard, TimeSpan delay, CancellationToken cancellationToken) => SendAsync(system, shard, delay, cancellationToken);

    /// <summary>Called by the drainer before it reads the outbox: changes from here on need a wake-up of their own.</summary>
    public void Taken(SystemId system, int shard) => waiting.TryRemove((system, shard), out _);

    /// <summary>Told by the drainer: whether more rows wait than it takes at once.</summary>
    public void Behind(SystemId system, int shard, bool isBehind)
    {
        if (isBehind)
            behind[(system, shard)] = true;
        else
            behind.TryRemove((system, shard), out _);
    }

    /// <summary>
    /// Before more is applied: a moment for drainers that are behind. Records that are applied far ahead of their writing have left the
    /// memory by then, and would all be read and parsed again.
    /// </summary>
    public Task LetDrainAsync(CancellationToken cancellationToken) => behind.IsEmpty ? Task.CompletedTask : Task.Delay(Breath, time, cancellationToken);

    private async Task SendWaitingAsync(SystemId system, int shard, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(system, shard, TimeSpan.Zero, cancellationToken);
        }
        catch
        {
            Taken(system, shard); // nobody will be woken by a message that was not stored
            throw;
        }
    }

    private Task SendAsync(SystemId system, int shard, TimeSpan delay, CancellationToken cancellationToken) =>
        queue.SendAsync(Queues.Push, JsonSerializer.Serialize(new(system.Name, shard), PushJson.Default.PushMessage), delay, cancellationToken);
}

/// <param name="SingleProcess">One process holds the store (the laptop); several share it in the cloud.</param>
public sealed record PushSignalOptions(bool SingleProcess);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PushMessage))]
internal sealed partial class PushJson : JsonSerializerContext;
