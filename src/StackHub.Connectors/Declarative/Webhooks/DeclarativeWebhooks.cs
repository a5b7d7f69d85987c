using System.Security.Cryptography;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;
using StackHub.Records;

namespace StackHub.Connectors.Declarative.Webhooks;

/// <summary>A file's webhooks.</summary>
internal sealed class DeclarativeWebhooks(SystemId system, WebhookSpec spec, string? secret, TimeProvider time) : IWebhookReceiver
{
    public WebhookReply Accepted { get; } = new(200);

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now) => SignatureCheck.Verify(spec.Signature, request, secret, now);

    /// <summary>A token is the same in all deliveries, so there the body tells them apart.</summary>
    public string? ReplayKey(WebhookRequest request)
    {
        if (spec.Delivery is { } delivery && request.Headers.GetValueOrDefault(delivery) is { Length: > 0 } id)
            return id;
        return spec.Signature.SignsBody ? SignatureCheck.Said(spec.Signature, request) : Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
    }

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        var root = WebhookBodies.Read(spec.Body, body);
        var place = JsonPath.At(root, spec.Items);
        var events = spec.Items.Length == 0 ? [root] : place is JsonArray list ? [.. list] : (IReadOnlyList<JsonNode?>)[place];
        return [.. events.SelectMany(ChangesOf).Distinct()];
    }

    private IEnumerable<Change> ChangesOf(JsonNode? happened)
    {
        if (JsonPath.Text(JsonPath.At(happened, spec.Topic)) is not { } topic)
            throw new WebhookFormatException($"An event has no '{spec.Topic}'.");
        foreach (var known in spec.Events.Where(known => known.Is.Contains(topic)))
            yield return ChangeOf(known, happened!);
    }

    private Change ChangeOf(EventSpec known, JsonNode happened)
    {
        var rendering = new Rendering(new Names().With("event", happened));
        var (id, to) = (known.Id.Render(rendering), known.To?.Render(rendering));
        if (id is null || (known.To is not null && to is null))
            throw new WebhookFormatException($"An event has no record's id: {string.Join("; ", rendering.Faults)}.");
        var (reference, at) = (new ExternalRef(system, known.Object, id), TimeOf(known, happened));
        return known.Then switch
        {
            EventMeaning.Deleted => new Change.Deleted(reference, at),
            EventMeaning.Erased => new Change.PrivacyDeleted(reference, at),
            EventMeaning.Moved => new Change.Moved(reference, new(system, known.Object, to!), at),
            _ => new Change.Touched(reference),
        };
    }

    private DateTimeOffset TimeOf(EventSpec known, JsonNode happened) =>
        (known.Time is null ? null : DeclarativeMapping.Time(JsonPath.Text(JsonPath.At(happened, known.Time)))) ?? time.GetUtcNow();
}
