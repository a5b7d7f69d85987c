using System.Net;
using System.Net.Sockets;

namespace StackHub.Privacy.Notices;

/// <summary>How far calls to addresses that strangers name may reach.</summary>
/// <param name="AllowPrivate">Tests and trial runs only: loopback and private networks, and plain http to them.</param>
public sealed record OutboundOptions(bool AllowPrivate = false);

/// <summary>Whether an address that somebody else named may be called: https, a name or address of the public internet, no account in it.</summary>
public static class OutboundGuard
{
    private const int LongestAddress = 2_000;

    /// <summary>Null when it may; otherwise what it has to be. The name is resolved, and asked about again, when it is called.</summary>
    public static string? Problem(Uri address, OutboundOptions options)
    {
        if (!address.IsAbsoluteUri || address.OriginalString.Length > LongestAddress || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return "an absolute https address without an account or fragment";
        if (address.Scheme != Uri.UriSchemeHttps && !(options.AllowPrivate && address.Scheme == Uri.UriSchemeHttp))
            return "an https address";
        if (options.AllowPrivate)
            return null;
        if (IPAddress.TryParse(address.DnsSafeHost, out var ip))
            return IsPublic(ip) ? null : "an address on the public internet";
        return address.DnsSafeHost.Contains('.', StringComparison.Ordinal) && !address.IsLoopback && !IsLocal(address.DnsSafeHost) ? null : "an address on the public internet";
    }

    /// <summary>False for loopback, private, link-local (with clouds' metadata), shared, documentation, multicast and reserved ranges.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork ? IsPublicV4(address.GetAddressBytes()) : IsPublicV6(address);
    }

    private static bool IsLocal(string host) =>
        host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsPublicV4(byte[] bytes) => bytes switch
    {
        [0 or 10 or 127, ..] => false,
        [100, >= 64 and <= 127, ..] => false,
        [169, 254, ..] => false,
        [172, >= 16 and <= 31, ..] => false,
        [192, 168, ..] => false,
        [192, 0, 0 or 2, _] => false,
        [198, 18 or 19, ..] => false,
        [198, 51, 100, _] => false,
        [203, 0, 113, _] => false,
        [>= 224, ..] => false,
        _ => true,
    };

    /// <summary>Global unicast is 2000::/3; 6to4, Teredo and NAT64 carry an IPv4 address inside, so they are not called at all.</summary>
    private static bool IsPublicV6(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return (bytes[0] & 0xE0) == 0x20
            && !(bytes[0] == 0x20 && bytes[1] == 0x02)
            && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0)
            && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8);
    }
}
