using System.Diagnostics;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Apply;
using StackHub.Sync.Outbox;
using StackHub.Telemetry;
using StackHub.Triggers;
using StackHub.Webhooks;

namespace StackHub.Sync.Intake;

/// <summary>Applies queued webhooks, many at once: the events of all messages of one system are one batch.</summary>
public sealed class InboundHandler(WebhookIntake intake, ConnectorSet connectors, ChangeApplier applier, OwnWrites own, PushSignals signals, TrafficMeter meter, TimeProvider time) : IQueueHandler
{
    public string Queue => Queues.Inbound;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        await signals.LetDrainAsync(cancellationToken);
        var takenAt = time.GetUtcNow();
        var opened = messages.Select(message => JsonSerializer.Deserialize(message.Body, InboundJson.Default.InboundMessage)!).ToArray();
        var again = messages.Any(message => message.DequeueCount > 1);
        foreach (var system in opened.GroupBy(message => message.System))
        {
            if (system.Key == HubAuthor.System.Name)
            {
                await ApplyOwnAsync([.. system], again, cancellationToken);
                continue;
            }
            if (connectors.Find(new(system.Key)) is not { Webhooks: { } webhooks } connector)
                continue; // the system was taken out of the configuration; its changes are nobody's
            await ApplyAsync(connector.System, webhooks, [.. system], again, cancellationToken);
        }
        foreach (var message in opened)
        {
            await intake.CloseAsync(message, cancellationToken);
            HubMetrics.QueueAge(Queues.Inbound, takenAt - DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedAt));
        }
        await meter.SaveIfDueAsync(cancellationToken);
    }

    /// <summary>What the hub's own flows decided.</summary>
    private async Task ApplyOwnAsync(InboundMessage[] messages, bool again, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            if (await intake.OpenAsync(message, cancellationToken) is { } body)
                await own.ApplyAsync(FieldWrites.Parse(body), new(Lane.Interactive, Emit: true, message.Trace) { Again = again }, cancellationToken);
    }

    private async Task ApplyAsync(SystemId system, IWebhookReceiver webhooks, InboundMessage[] messages, bool again, CancellationToken cancellationToken)
    {
        using var span = SharedSpan.Start("apply", ActivityKind.Consumer, messages, message => message.Trace)?.Tag(Tags.System, system.Name).Tag(Tags.Messages, messages.Length);
        try
        {
            var (changes, causes) = await ReadAsync(webhooks, messages, cancellationToken);
            var report = await applier.ApplyAsync(system, changes, new(Lane.Interactive, Emit: true, messages[0].Trace) { Causes = causes, Again = again }, cancellationToken);
            span?.Tag(Tags.Changes, report.Changes).Tag(Tags.Enqueued, report.Enqueued);
        }
        catch (Exception e)
        {
            span?.Fail(e);
            throw;
        }
    }

    /// <summary>What the messages say, and which trace each change is of when there are several.</summary>
    private async Task<(List<Change> Changes, Dictionary<ExternalRef, string>? Causes)> ReadAsync(IWebhookReceiver webhooks, InboundMessage[] messages, CancellationToken cancellationToken)
    {
        var changes = new List<Change>();
        var causes = messages.Any(message => message.Trace is { } trace && trace != messages[0].Trace) ? new Dictionary<ExternalRef, string>() : null;
        foreach (var message in messages)
        {
            if (await intake.OpenAsync(message, cancellationToken) is not { } body)
                continue;
            var told = changes.Count;
            changes.AddRange(webhooks.Parse(body));
            if (causes is not null && message.Trace is { } trace)
                for (; told < changes.Count; told++)
                    causes[changes[told].Ref] = trace;
        }
        return (changes, causes);
    }
}
