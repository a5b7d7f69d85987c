using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Privacy.Evidence;

namespace StackHub.Privacy.Receipts;

/// <summary>What a receipt is worth.</summary>
public abstract record ReceiptVerdict
{
    private ReceiptVerdict()
    {
    }

    /// <summary>The signature fits.</summary>
    /// <param name="Trusted">The key is one of those that were given; else it only is the one in the receipt, whose thumbprint is to be compared.</param>
    public sealed record Valid(ReceiptContent Content, string Thumbprint, bool Trusted) : ReceiptVerdict;

    /// <summary>The text is no receipt of this form.</summary>
    public sealed record Malformed(string Why) : ReceiptVerdict;

    /// <summary>It was changed after it was signed, or signed by somebody else.</summary>
    public sealed record WrongSignature(string Thumbprint) : ReceiptVerdict;

    /// <summary>Its key is none of those that were given.</summary>
    public sealed record UnknownKey(string Thumbprint) : ReceiptVerdict;
}

/// <summary>Checks receipts without a hub, a network or a store.</summary>
public static class ReceiptVerifier
{
    private const int LongestReceipt = 1024 * 1024;

    /// <param name="trusted">The hub's published keys; null takes the receipt's own, which proves only that nobody changed it.</param>
    public static ReceiptVerdict Verify(string text, ReceiptKeySet? trusted)
    {
        if (text.Length > LongestReceipt || text.Trim().Split('.') is not [var header, var payload, var signature])
            return new ReceiptVerdict.Malformed("A receipt is three parts of text with dots between them.");
        if (Read(header, ReceiptJson.Default.ReceiptHeader) is not { } head)
            return new ReceiptVerdict.Malformed("Its header cannot be read.");
        if (head.Alg != ReceiptSigner.Algorithm || head.Typ != ReceiptSigner.Type)
            return new ReceiptVerdict.Malformed($"It is not signed as {ReceiptSigner.Type} with {ReceiptSigner.Algorithm}.");
        var key = trusted is null ? head.Jwk : trusted.Keys.FirstOrDefault(known => known.Thumbprint() == head.Kid);
        if (key is null)
            return new ReceiptVerdict.UnknownKey(head.Kid);
        if (!Fits(key, $"{header}.{payload}", signature))
            return new ReceiptVerdict.WrongSignature(key.Thumbprint());
        return Read(payload, ReceiptJson.Default.ReceiptContent) is { } content
            ? new ReceiptVerdict.Valid(content, key.Thumbprint(), trusted is not null)
            : new ReceiptVerdict.Malformed("Its content cannot be read.");
    }

    /// <summary>Whether the receipt is about whoever has that address; only the request's secret can tell.</summary>
    public static bool IsAbout(ReceiptContent content, string email, RequestSecret secret) =>
        secret.Email(email) is { } commitment && content.Subject.Where(subject => subject.Kind == "email").Aggregate(false, (found, subject) =>
            found | CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(commitment), Encoding.UTF8.GetBytes(subject.Value)));

    private static bool Fits(ReceiptKey key, string signed, string signature)
    {
        using var open = key.Open();
        try
        {
            var bytes = Base64Url.DecodeFromChars(signature);
            return open is not null
                && Base64Url.EncodeToString(bytes) == signature // one text a signature: no other spelling of the same bytes passes
                && open.VerifyData(Encoding.UTF8.GetBytes(signed), bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    private static T? Read<T>(string part, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(part), type);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
