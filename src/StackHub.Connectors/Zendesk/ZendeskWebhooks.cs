using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Zendesk's events: https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/. They hold few of a record's
/// properties, so the record is read for what changed; only a deletion needs no reading.
/// </summary>
internal sealed class ZendeskWebhooks(SystemId system, string? secret) : IWebhookReceiver
{
    private const string SignatureHeader = "x-zendesk-webhook-signature";
    private const string TimestampHeader = "x-zendesk-webhook-signature-timestamp";
    private const string Prefix = "zen:event-type";

    /// <summary>Zendesk names no window; this one is ours.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public WebhookReply Accepted { get; } = new(200);

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now)
    {
        if (!request.Headers.TryGetValue(SignatureHeader, out var said) || said.Length == 0 || !request.Headers.TryGetValue(TimestampHeader, out var timestamp) || timestamp.Length == 0)
            return SignatureVerdict.Missing;
        if (secret is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(secret, timestamp, request.Body.Span)), Encoding.UTF8.GetBytes(said.Trim())))
            return SignatureVerdict.Mismatch;
        // Only a signed time is worth looking at.
        return TimeOf(timestamp) is { } at && (now - at).Duration() <= Window ? SignatureVerdict.Valid : SignatureVerdict.Expired;
    }

    public string? ReplayKey(WebhookRequest request) => Read(request.Body).Id;

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        var happened = Read(body);
        if (happened.Type is not { } type || !type.StartsWith(Prefix, StringComparison.Ordinal))
            throw new WebhookFormatException("The event has no type of Zendesk's.");
        return type[Prefix.Length..].TrimStart(':', '/').Split('.', 2) switch
        {
            ["user", var topic] => Users(happened, topic),
            ["organization", "deleted"] => [Deleted(happened, ZendeskType.Organizations)],
            ["organization", _] => [new Change.Touched(RefOf(happened, ZendeskType.Organizations))],
            _ => [],
        };
    }

    private IReadOnlyList<Change> Users(ZendeskEvent happened, string topic) => topic switch
    {
        // Nothing the hub keeps, and many of them.
        "last_login_changed" or "photo_changed" or "group_membership_created" or "group_membership_deleted" or "default_group_changed" or "password_changed" => [],
        "deleted" => [Deleted(happened, ZendeskType.Users)],
        "active_changed" when new ZendeskItem(happened.Event).Get("current") is { ValueKind: JsonValueKind.False } => [Deleted(happened, ZendeskType.Users)],
        // Whoever becomes an agent is read once more, and then left alone.
        _ when topic != "role_changed" && new ZendeskItem(happened.Detail).IsStaff => [],
        _ => [new Change.Touched(RefOf(happened, ZendeskType.Users))],
    };

    private Change.Deleted Deleted(ZendeskEvent happened, ZendeskType type) =>
        new(RefOf(happened, type), happened.Time ?? throw new WebhookFormatException("The event has no time."));

    /// <summary>"zen:user:6596848315901", and the id in the detail where the subject is missing.</summary>
    private ExternalRef RefOf(ZendeskEvent happened, ZendeskType type)
    {
        var id = happened.Subject is { Length: > 0 } subject ? subject[(subject.LastIndexOf(':') + 1)..] : new ZendeskItem(happened.Detail).Id;
        return id is { Length: > 0 } && id.All(char.IsAsciiDigit) ? new ExternalRef(system, type.Name, id) : throw new WebhookFormatException("The event has no record's id.");
    }

    private static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.UTF8.GetBytes(timestamp));
        mac.AppendData(body);
        return Convert.ToBase64String(mac.GetHashAndReset());
    }

    private static DateTimeOffset? TimeOf(string timestamp) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static ZendeskEvent Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, ZendeskWire.Default.ZendeskEvent) ?? throw new WebhookFormatException("The body is not an event.");
        }
        catch (JsonException e) // its message can quote the body, so only the place goes on
        {
            throw new WebhookFormatException($"The body is not an event at line {e.LineNumber}.");
        }
    }
}
