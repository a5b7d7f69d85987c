using System.Diagnostics;
using System.Text.Json;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Webhooks;

namespace StackHub.Flows;

/// <summary>Sends what flows decided to be merged like what any system said; sealed, since values may be personal.</summary>
public sealed class FieldWrites(IMessageQueue queue, HubKeys keys, TimeProvider time)
{
    private const int WritesAMessage = 20;

    public async Task SendAsync(IEnumerable<FieldWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var chunk in writes.Chunk(WritesAMessage))
        {
            var body = keys.Seal(JsonSerializer.SerializeToUtf8Bytes([.. chunk.Select(FieldWriteBody.Of)], FlowJson.Default.FieldWriteBodyArray));
            var message = new InboundMessage(HubAuthor.System.Name, body, null, time.GetUtcNow().ToUnixTimeMilliseconds(), Activity.Current?.Id);
            await queue.SendAsync(Queues.Inbound, JsonSerializer.Serialize(message, InboundJson.Default.InboundMessage), TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>The writes in an opened message.</summary>
    public static IReadOnlyList<FieldWrite> Parse(byte[] body) =>
        [.. JsonSerializer.Deserialize(body, FlowJson.Default.FieldWriteBodyArray)!.Select(write => write.Write())];
}
