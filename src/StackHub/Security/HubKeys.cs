using System.Security.Cryptography;
using System.Text;

namespace StackHub.Security;

/// <summary>
/// The hub's own key, and what is derived from it: keyed hashes for look-ups without personal data, and sealing of payloads that wait
/// in queues and tables. Losing the key loses both, so it is kept like a password.
/// </summary>
public sealed class HubKeys
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] hashing;
    private readonly byte[] sealing;

    public HubKeys(ReadOnlySpan<byte> key)
    {
        if (key.Length < 32)
            throw new ArgumentException("The hub key has at least 32 bytes.", nameof(key));
        var material = key.ToArray();
        hashing = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: "stackhub hashing"u8.ToArray());
        sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: "stackhub sealing"u8.ToArray());
    }

    /// <summary>A keyed hash of a kind and text: 22 characters that are safe in table keys.</summary>
    public string Hash(string kind, string text)
    {
        Span<byte> hash = stackalloc byte[32];
        var count = Encoding.UTF8.GetByteCount(kind) + 1 + Encoding.UTF8.GetByteCount(text);
        var input = count <= 512 ? stackalloc byte[count] : new byte[count];
        var length = Encoding.UTF8.GetBytes(kind, input);
        input[length++] = 0;
        Encoding.UTF8.GetBytes(text, input[length..]);
        HMACSHA256.HashData(hashing, input, hash);
        return System.Buffers.Text.Base64Url.EncodeToString(hash[..16]);
    }

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var result = new byte[NonceSize + TagSize + plain.Length];
        var nonce = result.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(sealing, TagSize);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceSize + TagSize), result.AsSpan(NonceSize, TagSize));
        return result;
    }

    /// <summary>Throws <see cref="CryptographicException"/> when the bytes were not sealed with this key, or were changed.</summary>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceSize + TagSize)
            throw new CryptographicException("Sealed bytes are too short.");
        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(sealing, TagSize);
        aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[(NonceSize + TagSize)..], sealedBytes.Slice(NonceSize, TagSize), plain);
        return plain;
    }

    public override string ToString() => "[hub key]";
}
