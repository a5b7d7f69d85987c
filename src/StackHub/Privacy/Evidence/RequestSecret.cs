using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using StackHub.Identity;

namespace StackHub.Privacy.Evidence;

/// <summary>
/// A request's own secret: the person keeps it, the hub only while it works. Evidence names a person by a keyed hash under it, so whoever
/// has the address alone can neither find nor confirm anybody.
/// </summary>
public sealed class RequestSecret
{
    private const int Size = 32;
    private readonly byte[] bytes;

    private RequestSecret(byte[] bytes) => this.bytes = bytes;

    public static RequestSecret New() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Null when the text is no secret.</summary>
    public static RequestSecret? Parse(string? text)
    {
        try
        {
            return text is not null && Base64Url.DecodeFromChars(text.AsSpan().Trim()) is { Length: Size } bytes ? new(bytes) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>For the person, once; never for a log.</summary>
    public string Reveal() => Base64Url.EncodeToString(bytes);

    /// <summary>The commitment to an address: the same for every spelling of one mailbox. Null when it is no address.</summary>
    public string? Email(string address) => EmailKey.From(address) is { } key ? Of("email", key.Text) : null;

    /// <summary>The commitment to any other identity, in its normal form.</summary>
    public string Of(string kind, string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(bytes, Encoding.UTF8.GetBytes($"stackhub commitment\0{kind}\0{text}")));

    public override string ToString() => "[request secret]";

    internal static RequestSecret Of(byte[] bytes) => new(bytes);

    internal ReadOnlySpan<byte> Bytes => bytes;
}
