using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Security;

namespace StackHub.Privacy.Packages;

/// <summary>What a link to a package holds; outside it is sealed text that says nothing.</summary>
public sealed record PackageLink(string Package, string Subject, DateTimeOffset ExpiresAt)
{
    private const int LongestToken = 2_048;

    public string ToToken(HubKeys keys) => Base64Url.EncodeToString(keys.Seal(JsonSerializer.SerializeToUtf8Bytes(this, PackageLinkJson.Default.PackageLink)));

    /// <summary>Null for anything that this hub did not make.</summary>
    public static PackageLink? Parse(HubKeys keys, string? token)
    {
        if (token is null or { Length: > LongestToken })
            return null;
        try
        {
            return JsonSerializer.Deserialize(keys.Open(Base64Url.DecodeFromChars(token)), PackageLinkJson.Default.PackageLink) is { Package.Length: > 0, Subject.Length: > 0 } link ? link : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    public override string ToString() => $"link to package {Package}";
}

[JsonSerializable(typeof(PackageLink))]
internal sealed partial class PackageLinkJson : JsonSerializerContext;
