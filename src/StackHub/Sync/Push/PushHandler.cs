using System.Text.Json;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Storage;
using StackHub.Sync.Outbox;
using StackHub.Triggers;

namespace StackHub.Sync.Push;

/// <summary>Wakes the drainers that messages name; systems drain side by side, so none waits for another.</summary>
public sealed class PushHandler(Drainer drainer, HubModel model, TrafficMeter meter) : IQueueHandler
{
    public string Queue => Queues.Push;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await Task.WhenAll(messages
            .Select(message => JsonSerializer.Deserialize(message.Body, PushJson.Default.PushMessage)!)
            .Distinct()
            .Where(message => model.Systems.ContainsKey(new(message.System)))
            .Select(message => drainer.DrainAsync(new(message.System), message.Shard, cancellationToken)));
        await meter.SaveIfDueAsync(cancellationToken);
    }
}
