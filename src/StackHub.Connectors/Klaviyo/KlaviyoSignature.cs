using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// HMAC-SHA256 in hex over the body and, behind it, the timestamp as it was sent (https://developers.klaviyo.com/en/docs/system-webhooks).
/// Klaviyo does not say how it writes the time, nor how old it may be: HTTP dates, ISO times and Unix times are read, and five minutes are ours.
/// </summary>
internal static class KlaviyoSignature
{
    public const string Header = "klaviyo-signature";
    public const string TimestampHeader = "klaviyo-timestamp";
    private const long FirstMilliseconds = 100_000_000_000; // as seconds, the year 5138
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static SignatureVerdict Verify(WebhookRequest request, string? secret, DateTimeOffset now)
    {
        if (!request.Headers.TryGetValue(Header, out var said) || said.Length == 0 || !request.Headers.TryGetValue(TimestampHeader, out var timestamp) || timestamp.Length == 0)
            return SignatureVerdict.Missing;
        if (string.IsNullOrEmpty(secret)) // nothing to check with: nobody is let in
            return SignatureVerdict.Mismatch;
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(request.Body.Span);
        mac.AppendData(Encoding.UTF8.GetBytes(timestamp));
        var expected = Encoding.UTF8.GetBytes(Convert.ToHexStringLower(mac.GetHashAndReset()));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(said.Trim().ToLowerInvariant())) || TimeOf(timestamp) is not { } sent)
            return SignatureVerdict.Mismatch;
        return (now - sent).Duration() <= Window ? SignatureVerdict.Valid : SignatureVerdict.Expired;
    }

    private static DateTimeOffset? TimeOf(string timestamp)
    {
        if (long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return number < FirstMilliseconds ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds(number);
        return DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
