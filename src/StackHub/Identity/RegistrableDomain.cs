namespace StackHub.Identity;

/// <summary>The part of a host name that somebody registered: one label more than its public suffix.</summary>
public static class RegistrableDomain
{
    /// <summary>The registrable domain of a host, URL or mail address in ASCII; null for an IP address, a bare suffix or no name at all.</summary>
    public static string? Of(string? hostOrUrlOrEmail) => HostOf(hostOrUrlOrEmail) is { } host ? OfHost(host) : null;

    /// <summary>The host name in a host, URL or mail address, in its normal form.</summary>
    internal static string? HostOf(string? hostOrUrlOrEmail) =>
        string.IsNullOrWhiteSpace(hostOrUrlOrEmail) ? null : HostName.From(Host(hostOrUrlOrEmail));

    internal static string? OfHost(string host) =>
        PublicSuffixList.SuffixStart(host) is > 0 and var suffix ? host[(host.LastIndexOf('.', suffix - 2) + 1)..] : null;

    private static string Host(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IndexOf("://") is >= 0 and var scheme)
        {
            text = text[(scheme + 3)..];
        }
        var host = text.TrimStart('/');
        var path = host.IndexOfAny('/', '?', '#');
        host = path < 0 ? host : host[..path];
        host = host[(host.LastIndexOf('@') + 1)..];
        var port = host.IndexOf(':');
        return (port < 0 ? host : host[..port]).TrimEnd('>').Trim().ToString();
    }
}
