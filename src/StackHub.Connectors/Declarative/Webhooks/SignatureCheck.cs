using System.Security.Cryptography;
using System.Text;
using StackHub.Connecting;

namespace StackHub.Connectors.Declarative.Webhooks;

/// <summary>Checks a delivery against the line that describes the signature: raw bytes, constant time.</summary>
internal static class SignatureCheck
{
    public static SignatureVerdict Verify(SignatureLine line, WebhookRequest request, string? secret, DateTimeOffset now)
    {
        if (Said(line, request) is not { Length: > 0 } said)
            return SignatureVerdict.Missing;
        var timestamp = line.TimestampHeader is { } header ? request.Headers.GetValueOrDefault(header) : null;
        if (line.TimestampHeader is not null && string.IsNullOrEmpty(timestamp))
            return SignatureVerdict.Missing;
        if (string.IsNullOrEmpty(secret) || !said.StartsWith(line.Prefix, StringComparison.Ordinal) || !Same(Expected(line, request, secret, timestamp), said[line.Prefix.Length..].Trim()))
            return SignatureVerdict.Mismatch;
        // Only a signed time is worth looking at.
        return timestamp is null || (DeclarativeMapping.Time(timestamp) is { } at && (now - at).Duration() <= line.Window) ? SignatureVerdict.Valid : SignatureVerdict.Expired;
    }

    public static string? Said(SignatureLine line, WebhookRequest request) => line.Header is { } header ? request.Headers.GetValueOrDefault(header) : InAddress(line.Query!, request.Uri);

    private static string Expected(SignatureLine line, WebhookRequest request, string secret, string? timestamp)
    {
        if (line.Kind == SignatureKind.Token)
            return secret;
        using var hash = line.Kind == SignatureKind.Hmac ? IncrementalHash.CreateHMAC(line.Algorithm, Encoding.UTF8.GetBytes(secret)) : IncrementalHash.CreateHash(line.Algorithm);
        foreach (var part in line.Base)
        {
            if (part == "body")
                hash.AppendData(request.Body.Span);
            else
                hash.AppendData(Encoding.UTF8.GetBytes(part switch { "timestamp" => timestamp!, "method" => request.Method, "uri" => request.Uri, "secret" => secret, _ => part }));
        }
        var bytes = hash.GetHashAndReset();
        return line.IsHex ? Convert.ToHexStringLower(bytes) : Convert.ToBase64String(bytes);
    }

    private static bool Same(string expected, string said) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(said));

    private static string? InAddress(string name, string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        foreach (var pair in query < 0 ? [] : address[(query + 1)..].Split('&'))
        {
            if (pair.Split('=', 2) is [var key, var value] && Uri.UnescapeDataString(key) == name)
                return Uri.UnescapeDataString(value);
        }
        return null;
    }
}
