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

/// <summary>Tells the privacy flow that somebody erased may be back.</summary>
public sealed class DropSignals(IMessageQueue queue)
{
    private const int DropsAMessage = 50;

    public async Task SendAsync(IEnumerable<DroppedWrite> dropped, CancellationToken cancellationToken)
    {
        foreach (var chunk in dropped.DistinctBy(drop => drop.Ref).Chunk(DropsAMessage))
            await queue.SendAsync(Queues.Privacy, JsonSerializer.Serialize(new(chunk), SuppressionJson.Default.DroppedMessage), TimeSpan.Zero, cancellationToken);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DroppedMessage))]
internal sealed partial class SuppressionJson : JsonSerializerContext;
