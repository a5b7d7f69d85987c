using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using StackHub.Connecting;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// The three ways HubSpot has signed its webhooks (https://developers.hubspot.com/docs/guides/apps/authentication/validating-requests).
/// </summary>
internal static partial class HubSpotSignature
{
    public const string V3Header = "x-hubspot-signature-v3";
    public const string TimestampHeader = "x-hubspot-request-timestamp";
    private const string OldHeader = "x-hubspot-signature";
    private const string VersionHeader = "x-hubspot-signature-version";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static SignatureVerdict Verify(WebhookRequest request, string? secret, FrozenSet<string> versions, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(secret)) // nothing to check with: nobody is let in
            return SignatureVerdict.Missing;
        if (versions.Contains("v3") && request.Headers.TryGetValue(V3Header, out var v3))
            return VerifyV3(request, secret, v3, now);
        if (!request.Headers.TryGetValue(OldHeader, out var old))
            return SignatureVerdict.Missing;
        var version = request.Headers.GetValueOrDefault(VersionHeader, "v1");
        if (version is not ("v1" or "v2") || !versions.Contains(version))
            return SignatureVerdict.Missing;
        var expected = version == "v2" ? Hash(secret + request.Method + request.Uri, request.Body.Span) : Hash(secret, request.Body.Span);
        return AreEqual(Convert.ToHexStringLower(expected), old.ToLowerInvariant()) ? SignatureVerdict.Valid : SignatureVerdict.Mismatch;
    }

    private static SignatureVerdict VerifyV3(WebhookRequest request, string secret, string signature, DateTimeOffset now)
    {
        if (!request.Headers.TryGetValue(TimestampHeader, out var timestamp) || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return SignatureVerdict.Missing;
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.UTF8.GetBytes(request.Method + Decoded(request.Uri)));
        mac.AppendData(request.Body.Span);
        mac.AppendData(Encoding.UTF8.GetBytes(timestamp));
        if (!AreEqual(Convert.ToBase64String(mac.GetHashAndReset()), signature))
            return SignatureVerdict.Mismatch;
        return Math.Abs(now.ToUnixTimeMilliseconds() - (decimal)milliseconds) <= (decimal)Window.TotalMilliseconds ? SignatureVerdict.Valid : SignatureVerdict.Expired;
    }

    /// <summary>HubSpot signs the address with just these escapes decoded; all others stay.</summary>
    private static string Decoded(string uri) => Escapes().Replace(uri, m => Uri.UnescapeDataString(m.Value));

    private static byte[] Hash(string prefix, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(prefix));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static bool AreEqual(string ours, string theirs) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ours), Encoding.UTF8.GetBytes(theirs));

    // : / ? @ ! $ ' ( ) * , ;
    [GeneratedRegex("%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Escapes();
}
