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
public sealed class PushSignals(IMessageQueue queue, PushSignalOptions options)
{
    private readonly ConcurrentDictionary<(SystemId, int), bool> waiting = new();

    public async Task WakeAsync(SystemId system, int shard, CancellationToken cancellationToken)
    {
        if (options.SingleProcess && !waiting.TryAdd((system, shard), true))
            return;
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

    /// <summary>A wake-up later, for rows that were put off; never held back by one that waits.</summary>
    public Task WakeAfterAsync(SystemId system, int shard, TimeSpan delay, CancellationToken cancellationToken) => SendAsync(system, shard, delay, cancellationToken);

    /// <summary>Called by the drainer before it reads the outbox: changes from here on need a wake-up of their own.</summary>
    public void Taken(SystemId system, int shard) => waiting.TryRemove((system, shard), out _);

    private Task SendAsync(SystemId system, int shard, TimeSpan delay, CancellationToken cancellationToken) =>
        queue.SendAsync(Queues.Push, JsonSerializer.Serialize(new(system.Name, shard), PushJson.Default.PushMessage), delay, cancellationToken);
}

/// <param name="SingleProcess">One process holds the store (the laptop); several share it in the cloud.</param>
public sealed record PushSignalOptions(bool SingleProcess);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PushMessage))]
internal sealed partial class PushJson : JsonSerializerContext;
