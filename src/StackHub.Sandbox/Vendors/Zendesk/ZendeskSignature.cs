using System.Security.Cryptography;
using System.Text;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>Signs webhooks: base64 of the HMAC-SHA256 of timestamp and body, without anything between them.</summary>
public static class ZendeskSignature
{
    public static string Of(string secret, string timestamp, string body) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp + body)));
}
