using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Benchmarks.Job1;

/// <summary>The source of JOB-1: an array of contacts with their properties inline. The peers' loader does not sign; a signed delivery is checked.</summary>
internal sealed class SourceConnector() : QuietConnector(Job1Model.Source, Job1Model.SourceInfo), IWebhookReceiver
{
    public const string SignatureHeader = "x-signature";
    public static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
    private static readonly WebhookReply Reply = new(202);

    public override IWebhookReceiver Webhooks => this;

    public WebhookReply Accepted => Reply;

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now)
    {
        if (!request.Headers.TryGetValue(SignatureHeader, out var signature))
            return SignatureVerdict.Valid;
        Span<byte> expected = stackalloc byte[32];
        Span<byte> given = stackalloc byte[32];
        HMACSHA256.HashData(Secret, request.Body.Span, expected);
        return Convert.FromHexString(signature, given, out _, out var written) == OperationStatus.Done && written == 32 && CryptographicOperations.FixedTimeEquals(expected, given)
            ? SignatureVerdict.Valid
            : SignatureVerdict.Mismatch;
    }

    public string? ReplayKey(WebhookRequest request) => null;

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var changes = new List<Change>(1);
            foreach (var item in document.RootElement.EnumerateArray())
                changes.Add(Seen(item));
            return changes;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new WebhookFormatException("An array of contacts was expected.", e);
        }
    }

    /// <summary>The loader numbers contacts from 1 in every run, so that the address is the id here; redeliveries come in another letter case.</summary>
    private Change.Seen Seen(JsonElement item)
    {
        var fields = new Dictionary<string, ExternalValue>(8);
        foreach (var property in item.GetProperty("properties").EnumerateObject())
            fields[property.Name] = new(property.Value.GetString());
        var id = fields["email"].Text!.Trim().ToLowerInvariant();
        var at = item.TryGetProperty("occurredAt", out var occurred) ? occurred.GetInt64() : 1_760_000_000_000;
        return new(new(new(System, "contacts", id), DateTimeOffset.FromUnixTimeMilliseconds(at), fields) { Complete = true });
    }
}
