using System.Net;
using System.Net.Sockets;

namespace StackHub.EndToEnd.Tests.Staging;

internal static class LocalPort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
