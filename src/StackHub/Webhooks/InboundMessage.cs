using System.Text.Json;
using System.Text.Json.Serialization;

namespace StackHub.Webhooks;

/// <summary>
/// A verified webhook on its way to be applied. The payload is sealed, so that neither the queue nor its poison twin holds anything
/// readable; a large one waits in a blob.
/// </summary>
/// <param name="System">The system it is of.</param>
/// <param name="Sealed">The sealed payload; null when it is in <paramref name="Blob"/>.</param>
public sealed record InboundMessage(string System, byte[]? Sealed, string? Blob, long ReceivedAt, string? Trace)
{
    public override string ToString() => $"inbound from {System}";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InboundMessage))]
internal sealed partial class InboundJson : JsonSerializerContext;
