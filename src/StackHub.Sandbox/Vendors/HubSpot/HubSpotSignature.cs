using System.Security.Cryptography;
using System.Text;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>The three signatures HubSpot has used for its webhooks.</summary>
public static class HubSpotSignature
{
    private static readonly (string Escaped, string Plain)[] Decoded =
        [("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"), ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";")];

    public static string V1(string secret, string body) => Hex(secret + body);

    public static string V2(string secret, string method, string uri, string body) => Hex(secret + method + uri + body);

    public static string V3(string secret, string method, string uri, string body, string timestamp) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(method + Plain(uri) + body + timestamp)));

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Plain(string uri)
    {
        foreach (var (escaped, plain) in Decoded)
            uri = uri.Replace(escaped, plain, StringComparison.OrdinalIgnoreCase);
        return uri;
    }
}
