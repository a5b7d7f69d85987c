using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Security;

/// <summary>Where a request comes from, as far as it can be believed.</summary>
internal static class CallerAddress
{
    public static IPAddress Of(HttpContext context, WebOptions options)
    {
        if (options.BehindProxy && context.Request.Headers["X-Forwarded-For"] is { Count: > 0 } forwarded
            && IPEndPoint.TryParse(forwarded.ToString().Split(',')[^1].Trim(), out var nearest))
            return nearest.Address;
        return context.Connection.RemoteIpAddress ?? IPAddress.None;
    }

    /// <summary>Whoever has one address of an IPv6 network has all of its /64.</summary>
    public static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
