using System.Text.Json;
using StackHub.Connecting;
using StackHub.Storage;
using StackHub.Sync.Apply;
using StackHub.Sync.Outbox;
using StackHub.Triggers;
using StackHub.Webhooks;

namespace StackHub.Sync.Intake;

/// <summary>Applies queued webhooks, many at once: the events of all messages of one system are one batch.</summary>
public sealed class InboundHandler(WebhookIntake intake, ConnectorSet connectors, ChangeApplier applier, PushSignals signals) : IQueueHandler
{
    public string Queue => Queues.Inbound;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await signals.LetDrainAsync(cancellationToken);
        var opened = messages.Select(message => JsonSerializer.Deserialize(message.Body, InboundJson.Default.InboundMessage)!).ToArray();
        foreach (var system in opened.GroupBy(message => message.System))
        {
            if (connectors.Find(new(system.Key)) is not { Webhooks: { } webhooks } connector)
                continue; // the system was taken out of the configuration; its changes are nobody's
            var changes = new List<Change>();
            foreach (var message in system)
                if (await intake.OpenAsync(message, cancellationToken) is { } body)
                    changes.AddRange(webhooks.Parse(body));
            await applier.ApplyAsync(connector.System, changes, new(Lane.Interactive, Emit: true, system.First().Trace), cancellationToken);
        }
        foreach (var message in opened)
            await intake.CloseAsync(message, cancellationToken);
    }
}
