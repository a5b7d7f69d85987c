using System.Diagnostics;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Telemetry;

namespace StackHub.Webhooks;

/// <summary>What became of a delivery.</summary>
public abstract record IntakeAnswer
{
    private IntakeAnswer()
    {
    }

    /// <summary>Durably queued (or already known): answer as the vendor expects.</summary>
    public sealed record Accepted(WebhookReply Reply) : IntakeAnswer;

    /// <summary>Not theirs, too old, malformed or for nobody: nothing was kept.</summary>
    public sealed record Refused(int Status, string Code, string Detail) : IntakeAnswer;
}

/// <summary>Verify, make durable, answer. Nothing else happens on the vendor's time.</summary>
public sealed class WebhookIntake(ConnectorSet connectors, IMessageQueue queue, IBlobStore blobs, HubKeys keys, ReplayMemory replays, TrafficMeter meter, TimeProvider time)
{
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Sealed and in base64 a payload grows by a third; what does not fit goes to a blob.</summary>
    private const int MaxInlineBytes = 44 * 1024;

    public async Task<IntakeAnswer> TakeAsync(string system, WebhookRequest request, CancellationToken cancellationToken)
    {
        if (connectors.Find(new(system)) is not { } connector)
            return await RefuseUnknownAsync(system, request, cancellationToken);
        if (connector.Webhooks is not { } webhooks)
            return new IntakeAnswer.Refused(404, "no-webhooks", $"{connector.Info.DisplayName} sends no webhooks.");
        if (webhooks.Verify(request, time.GetUtcNow()) is var verdict && verdict != SignatureVerdict.Valid)
            return new IntakeAnswer.Refused(401, $"signature-{verdict.ToString().ToLowerInvariant()}", "The signature does not show that the vendor sent this.");
        try
        {
            return await TakeAsync(connector.System, webhooks, request, cancellationToken);
        }
        catch (WebhookFormatException e)
        {
            return new IntakeAnswer.Refused(400, "malformed", e.Message);
        }
    }

    /// <summary>The payload as it was put into the message; null when its blob is gone, which means it was applied.</summary>
    public async Task<byte[]?> OpenAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        if (message.Sealed is { } inline)
            return keys.Open(inline);
        return await blobs.GetAsync(message.Blob!, cancellationToken) is { } stored ? keys.Open(stored) : null;
    }

    /// <summary>After the message was applied.</summary>
    public Task CloseAsync(InboundMessage message, CancellationToken cancellationToken) =>
        message.Blob is { } blob ? blobs.DeleteAsync(blob, cancellationToken) : Task.CompletedTask;

    /// <summary>Nothing of it is kept but that it came: a tool that nobody knows of may be behind it.</summary>
    private async Task<IntakeAnswer> RefuseUnknownAsync(string system, WebhookRequest request, CancellationToken cancellationToken)
    {
        meter.Unknown(UnknownSender.Origin(system, request), UnknownSender.Fields(request));
        await meter.SaveIfDueAsync(cancellationToken);
        return new IntakeAnswer.Refused(404, "unknown-system", "No system of this name is configured.");
    }

    /// <summary>Some vendors' delivery id is in the body, so that reading it may fail like reading the rest.</summary>
    private async Task<IntakeAnswer> TakeAsync(SystemId system, IWebhookReceiver webhooks, WebhookRequest request, CancellationToken cancellationToken)
    {
        var replayKey = webhooks.ReplayKey(request) is { } key ? $"{system}:{key}" : null;
        if (replayKey is not null && replays.Remembers(replayKey))
            return new IntakeAnswer.Accepted(webhooks.Accepted);
        using var span = HubTrace.Begin("webhook", ActivityKind.Server);
        span?.SetTag(Tags.System, system.Name).SetTag(Tags.Bytes, request.Body.Length);
        if (webhooks.Parse(request.Body).Count > 0)
            await EnqueueAsync(system, request.Body, cancellationToken);
        if (replayKey is not null)
            replays.Remember(replayKey);
        return new IntakeAnswer.Accepted(webhooks.Accepted);
    }

    private async Task EnqueueAsync(SystemId system, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var sealedBody = keys.Seal(body.Span);
        string? blob = null;
        if (body.Length > MaxInlineBytes)
        {
            blob = $"inbound/{RecordId.New(now)}";
            await blobs.PutAsync(blob, sealedBody, cancellationToken);
        }
        var message = new InboundMessage(system.Name, blob is null ? sealedBody : null, blob, now.ToUnixTimeMilliseconds(), Activity.Current?.Id);
        await queue.SendAsync(Queues.Inbound, JsonSerializer.Serialize(message, InboundJson.Default.InboundMessage), TimeSpan.Zero, cancellationToken);
    }
}
