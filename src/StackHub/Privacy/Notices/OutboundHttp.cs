using System.Net;
using System.Net.Sockets;

namespace StackHub.Privacy.Notices;

/// <summary>
/// Clients for what the hub tells outside: short timeouts, no redirects, no cookies, answers that are not read. The one for strangers'
/// addresses connects to the very address it checked, so that a name which resolves anew to a private one reaches nothing.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public OutboundHttp(OutboundOptions options)
    {
        Options = options;
        Own = Client(new());
        var guarded = new SocketsHttpHandler();
        if (!options.AllowPrivate)
            guarded.ConnectCallback = ConnectAsync;
        Strangers = Client(guarded);
    }

    public OutboundOptions Options { get; }

    /// <summary>For addresses that the operator configured.</summary>
    public HttpClient Own { get; }

    /// <summary>For addresses that somebody else named.</summary>
    public HttpClient Strangers { get; }

    public void Dispose()
    {
        Own.Dispose();
        Strangers.Dispose();
    }

    private static HttpClient Client(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = Timeout;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        handler.MaxResponseHeadersLength = 16;
        handler.UseProxy = false;
        return new(handler) { Timeout = Timeout, MaxResponseContentBufferSize = 16 * 1024 };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.FirstOrDefault(OutboundGuard.IsPublic) is not { } address || addresses.Any(one => !OutboundGuard.IsPublic(one)))
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The name does not resolve to the public internet.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
