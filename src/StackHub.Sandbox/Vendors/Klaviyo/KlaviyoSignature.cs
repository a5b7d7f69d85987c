using System.Security.Cryptography;
using System.Text;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>The Klaviyo-Signature of a webhook: the body first, the timestamp behind it.</summary>
public static class KlaviyoSignature
{
    public static string Of(string secret, string body, string timestamp) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body + timestamp)));
}
