using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace StackHub.Privacy.Receipts;

/// <summary>The public half of a signing key, as a JSON Web Key.</summary>
public sealed record ReceiptKey(string Kty, string Crv, string X, string Y)
{
    private const int CoordinateSize = 32;

    /// <summary>The key's thumbprint (RFC 7638), by which people compare keys.</summary>
    public string Thumbprint() =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}""")));

    public string ToJson() => JsonSerializer.Serialize(this, ReceiptJson.Default.ReceiptKey);

    internal static ReceiptKey Of(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new("EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    /// <summary>Null when it is no point of the curve.</summary>
    internal ECDsa? Open()
    {
        if (Kty != "EC" || Crv != "P-256")
            return null;
        try
        {
            var (x, y) = (Base64Url.DecodeFromChars(X), Base64Url.DecodeFromChars(Y));
            return x.Length == CoordinateSize && y.Length == CoordinateSize ? ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } }) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>The keys a hub has signed with, as it publishes them.</summary>
public sealed record ReceiptKeySet(ImmutableArray<ReceiptKey> Keys)
{
    public string ToJson() => JsonSerializer.Serialize(this, ReceiptJson.Default.ReceiptKeySet);

    /// <summary>A set of keys, or one key; null when the text is neither.</summary>
    public static ReceiptKeySet? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("keys", out _)
                ? document.Deserialize(ReceiptJson.Default.ReceiptKeySet)
                : document.Deserialize(ReceiptJson.Default.ReceiptKey) is { } key ? new([key]) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
