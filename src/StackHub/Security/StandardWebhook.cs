using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StackHub.Security;

/// <summary>
/// Signs as Standard Webhooks (https://www.standardwebhooks.com) says: HMAC-SHA256 over "id.timestamp.body", in base64 behind "v1,".
/// </summary>
public static class StandardWebhook
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string SecretPrefix = "whsec_";

    /// <summary>Null when the secret is not of the form whsec_ and base64.</summary>
    public static byte[]? Secret(string text)
    {
        var key = new byte[text.Length];
        return text.StartsWith(SecretPrefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[SecretPrefix.Length..], key, out var length) && length > 0 ? key[..length] : null;
    }

    /// <param name="timestamp">In seconds since 1970.</param>
    public static string Sign(string id, long timestamp, byte[] body, byte[] secret) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body]))}";

    public static IReadOnlyDictionary<string, string> Headers(string id, byte[] body, byte[] secret, DateTimeOffset now) => new Dictionary<string, string>
    {
        [IdHeader] = id,
        [TimestampHeader] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        [SignatureHeader] = Sign(id, now.ToUnixTimeSeconds(), body, secret),
    };

    public static HttpRequestMessage Request(Uri address, string id, byte[] body, byte[] secret, DateTimeOffset now)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        foreach (var (name, value) in Headers(id, body, secret, now))
            request.Headers.Add(name, value);
        return request;
    }
}
