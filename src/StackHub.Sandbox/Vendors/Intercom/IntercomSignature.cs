using System.Security.Cryptography;
using System.Text;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>The X-Hub-Signature of a notification.</summary>
public static class IntercomSignature
{
    public static string Of(string secret, string body) =>
        "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
}
