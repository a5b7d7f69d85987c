using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Suppression;

/// <summary>A system showed a record of somebody erased, and the hub took nothing of it: ids only.</summary>
/// <param name="Tombstone">The keyed hash that it was known by.</param>
/// <param name="At">When the system changed it, on its own clock.</param>
/// <param name="Event">The trace of the message that brought it; null for a feed.</param>
public sealed record DroppedWrite(SystemId System, string ObjectType, string Id, string Tombstone, DateTimeOffset At, string? Event)
{
    [JsonIgnore]
    public ExternalRef Ref => new(System, ObjectType, Id);
}

/// <summary>As it travels in the queue of privacy, beside that flow's own messages.</summary>
public sealed record DroppedMessage(IReadOnlyList<DroppedWrite> Dropped);

/// <summary>A system says that it erased somebody because of a privacy request, and nobody here asked it to: ids only.</summary>
/// <param name="At">When it did, on its own clock.</param>
public sealed record ErasedThere(SystemId System, string ObjectType, string Id, DateTimeOffset At)
{
    [JsonIgnore]
    public ExternalRef Ref => new(System, ObjectType, Id);
}

/// <inheritdoc cref="DroppedMessage"/>
public sealed record ErasedMessage(IReadOnlyList<ErasedThere> Erased);

/// <summary>Tells the privacy flow that somebody erased may be back, or that a system erased somebody by itself.</summary>
public sealed class DropSignals(IMessageQueue queue)
{
    private const int DropsAMessage = 50;

    public async Task SendAsync(IEnumerable<ErasedThere> erased, CancellationToken cancellationToken)
    {
        foreach (var chunk in erased.DistinctBy(one => one.Ref).Chunk(DropsAMessage))
            await queue.SendAsync(Queues.Privacy, JsonSerializer.Serialize(new(chunk), SuppressionJson.Default.ErasedMessage), TimeSpan.Zero, cancellationToken);
    }

    public async Task SendAsync(IEnumerable<DroppedWrite> dropped, CancellationToken cancellationToken)
    {
        foreach (var chunk in dropped.DistinctBy(drop => drop.Ref).Chunk(DropsAMessage))
            await queue.SendAsync(Queues.Privacy, JsonSerializer.Serialize(new(chunk), SuppressionJson.Default.DroppedMessage), TimeSpan.Zero, cancellationToken);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DroppedMessage))]
[JsonSerializable(typeof(ErasedMessage))]
internal sealed partial class SuppressionJson : JsonSerializerContext;
