using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// System webhooks: events (subscribed, unsubscribed, bounced ...), up to 1,000 in a call. They name the profile but do not hold it, so it
/// is read; an edited profile is told by none of them, only by the feed.
/// </summary>
internal sealed class KlaviyoWebhooks(SystemId system, string? secret) : IWebhookReceiver
{
    public WebhookReply Accepted { get; } = new(200);

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now) => KlaviyoSignature.Verify(request, secret, now);

    /// <summary>Klaviyo-Webhook-Id names the subscription and not the delivery.</summary>
    public string? ReplayKey(WebhookRequest request) =>
        request.Headers.TryGetValue(KlaviyoSignature.Header, out var signature) ? $"{request.Headers.GetValueOrDefault(KlaviyoSignature.TimestampHeader)}/{signature}" : null;

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body) =>
        [.. Read(body).Select(ProfileOf).OfType<string>().Distinct().Select(id => new Change.Touched(new(system, KlaviyoFields.Profiles, id)))];

    /// <summary>data.relationships.profile.data.id of the event; null for an event about nobody.</summary>
    private static string? ProfileOf(KlaviyoHookItem item)
    {
        var place = item.Payload;
        foreach (var name in (string[])["data", "relationships", "profile", "data", "id"])
        {
            if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(name, out place))
                return null;
        }

        return place.ValueKind == JsonValueKind.String && place.GetString() is { Length: > 0 } id ? id : null;
    }

    private static IReadOnlyList<KlaviyoHookItem> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var items = JsonSerializer.Deserialize(body.Span, KlaviyoWire.Default.KlaviyoHook)?.Data ?? throw new WebhookFormatException("The body has no data.");
            return items.All(item => item?.Topic is not null) ? items : throw new WebhookFormatException("An event has no topic.");
        }
        catch (JsonException e) // its message can quote the body, so only the place goes on
        {
            throw new WebhookFormatException($"The body is not a webhook at line {e.LineNumber}.");
        }
    }
}
