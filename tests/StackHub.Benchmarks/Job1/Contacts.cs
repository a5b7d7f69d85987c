using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace StackHub.Benchmarks.Job1;

/// <summary>The contacts of the peers' loader, as requests ready to send; every fifth is an exact redelivery in another letter case.</summary>
internal sealed class Contacts(string run, bool redeliver, bool sign)
{
    private int sent;
    private int unique;

    public int Unique => unique;

    /// <summary>The request, and the address it is about.</summary>
    public (byte[] Request, string Email) Next()
    {
        var repeats = redeliver && ++sent % 5 == 0 && unique > 0;
        var number = repeats ? unique : ++unique;
        var email = $"user.{run}.{number}@example.com";
        var body = Body(number, repeats ? " " + email.ToUpperInvariant() : email);
        var signature = sign ? $"{SourceConnector.SignatureHeader}: {Convert.ToHexString(HMACSHA256.HashData(SourceConnector.Secret, Encoding.UTF8.GetBytes(body)))}\r\n" : "";
        return (Encoding.UTF8.GetBytes($"POST {Job1Hub.Hook} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{signature}Content-Length: {body.Length}\r\n\r\n{body}"), email);
    }

    public static string Body(int number, string email) =>
        $$"""[{"eventId":{{number}},"subscriptionId":833411,"portalId":62515,"occurredAt":1760000000{{number % 1000:D3}},"subscriptionType":"contact.propertyChange","objectId":{{number}},"changeSource":"CRM_UI","properties":{"email":"{{email}}","firstname":"Ada{{number}}","lastname":"Lovelace{{number}}","phone":"+1 (415) 555-{{number % 10000:D4}}","company":"Acme {{number % 500}}","jobtitle":"CTO","lifecyclestage":"marketingqualifiedlead"} }]""";

    public static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect("127.0.0.1", port);
        return socket;
    }

    /// <summary>Sends one request and waits for its answer, which has no body; false when it is not a success.</summary>
    public static async Task<bool> AskAsync(Socket socket, byte[] request, byte[] buffer)
    {
        await socket.SendAsync(request);
        var filled = 0;
        do
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
                return false;
            filled += read;
        }
        while (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8));
        return buffer[9] == (byte)'2';
    }
}
