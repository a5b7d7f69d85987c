using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Salesforce;

/// <summary>
/// The three OAuth grants: refresh token (a person consented), JWT bearer (a certificate, no secret on the wire), client credentials.
/// Token answers name no lifetime (the org's session policy rules), so a token lives until it is refused.
/// </summary>
internal static class SalesforceAuth
{
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static readonly TimeSpan AssertionLifetime = TimeSpan.FromMinutes(3);

    public static VendorAuth Of(SalesforceOptions options, TimeProvider time) =>
        new VendorAuth.OAuth(new Uri(options.LoginUrl, "/services/oauth2/token"), stored => Form(options, stored, time.GetUtcNow()));

    public static IReadOnlyList<KeyValuePair<string, string>> Form(SalesforceOptions options, VendorToken? stored, DateTimeOffset now)
    {
        if (options.PrivateKey is not null)
            return [new("grant_type", JwtBearer), new("assertion", Assertion(options, now))];
        KeyValuePair<string, string>[] client = [new("client_id", options.ClientId), new("client_secret", options.ClientSecret ?? "")];
        return (stored?.RefreshToken ?? options.RefreshToken) is { } refresh
            ? [new("grant_type", "refresh_token"), new("refresh_token", refresh), .. client]
            : [new("grant_type", "client_credentials"), .. client];
    }

    public static bool IsRsaKey(string pem)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static string Assertion(SalesforceOptions options, DateTimeOffset now)
    {
        var head = Base64Url.EncodeToString("""{"alg":"RS256"}"""u8);
        var signed = $"{head}.{Base64Url.EncodeToString(Claims(options, now))}";
        using var key = RSA.Create();
        key.ImportFromPem(options.PrivateKey);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static byte[] Claims(SalesforceOptions options, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", options.ClientId);
            json.WriteString("sub", options.Username);
            json.WriteString("aud", options.LoginUrl.GetLeftPart(UriPartial.Authority));
            json.WriteNumber("exp", (now + AssertionLifetime).ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
