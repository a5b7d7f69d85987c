using System.Security.Cryptography;

namespace StackHub.Privacy.SubjectKeys;

/// <summary>One person's key. Sealed bytes are bound to a name, so that one thing cannot be passed off as another.</summary>
public sealed class SubjectKey
{
    internal const int Size = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] key;

    internal SubjectKey(byte[] key) => this.key = key;

    public byte[] Seal(string name, ReadOnlySpan<byte> plain)
    {
        var result = new byte[NonceSize + TagSize + plain.Length];
        var nonce = result.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceSize + TagSize), result.AsSpan(NonceSize, TagSize), System.Text.Encoding.UTF8.GetBytes(name));
        return result;
    }

    /// <summary>Throws <see cref="CryptographicException"/> when the bytes are another person's, another thing's, or were changed.</summary>
    public byte[] Open(string name, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceSize + TagSize)
            throw new CryptographicException("Sealed bytes are too short.");
        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[(NonceSize + TagSize)..], sealedBytes.Slice(NonceSize, TagSize), plain, System.Text.Encoding.UTF8.GetBytes(name));
        return plain;
    }

    public override string ToString() => "[subject key]";
}
