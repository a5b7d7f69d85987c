using System.Net;

namespace StackHub.Functions.Invocation;

/// <summary>
/// Whether the host itself calls. What it passes on for somebody else always says so in X-Forwarded headers, which a caller can add to
/// but not take away.
/// </summary>
internal static class HostCall
{
    private const string Forwarded = "X-Forwarded-";

    public static bool Is(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && context.Request.Host.Host is "127.0.0.1" or "localhost"
        && !context.Request.Headers.Keys.Any(name => name.StartsWith(Forwarded, StringComparison.OrdinalIgnoreCase));
}
