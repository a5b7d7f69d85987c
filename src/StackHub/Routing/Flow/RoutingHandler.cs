using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Telemetry;
using StackHub.Triggers;

namespace StackHub.Routing.Flow;

/// <summary>Routes people whose records changed, and leads that are taken away from their owners.</summary>
public sealed class RoutingHandler(RoutingDesk desk, HubModel model, TimeProvider time) : IQueueHandler
{
    public string Queue => Queues.Routing;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        if (model.Routing is null)
            return;
        foreach (var message in messages)
            HubMetrics.QueueAge(Queues.Routing, time.GetUtcNow() - message.InsertedAt);
        var released = messages.Select(message => LeadReleases.Parse(message.Body)).ToArray();
        foreach (var release in released.OfType<LeadReleased>())
            await desk.ReleaseAsync(release, cancellationToken);
        var changed = messages.Where((_, index) => released[index] is null).SelectMany(message => FlowSignals.Parse(message.Body).Ids);
        await desk.RouteAsync(changed.Select(RecordId.Parse), cancellationToken);
    }
}
