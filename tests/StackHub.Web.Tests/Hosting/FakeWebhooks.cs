using System.Text;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Web.Tests.Hosting;

/// <summary>Signed by a word in a header; a body is "touched id", "nothing", or malformed.</summary>
public sealed class FakeWebhooks(SystemId system) : IWebhookReceiver
{
    public const string Secret = "open-sesame";

    /// <summary>A copy: the request is the server's and lives no longer than the call.</summary>
    public WebhookRequest? Last { get; private set; }

    public string? LastBody { get; private set; }

    public WebhookReply Accepted { get; init; } = new(200, "text/xml; charset=utf-8", "<Ack>ü</Ack>");

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now)
    {
        (Last, LastBody) = (request with { Headers = new Dictionary<string, string>(request.Headers), Body = default }, Encoding.UTF8.GetString(request.Body.Span));
        return request.Headers.TryGetValue("x-signature", out var said) ? said == Secret ? SignatureVerdict.Valid : SignatureVerdict.Mismatch : SignatureVerdict.Missing;
    }

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        if (text.Contains("malformed", StringComparison.Ordinal))
            throw new WebhookFormatException("The notification has no topic.");
        return text.Contains("nothing", StringComparison.Ordinal) ? [] : [new Change.Touched(new(system, FakeConnector.Contacts, "1"))];
    }

    public string? ReplayKey(WebhookRequest request)
    {
        if (LastBody?.Contains("no key", StringComparison.Ordinal) == true)
            throw new WebhookFormatException("The notification has no id.");
        return request.Headers.GetValueOrDefault("x-delivery");
    }
}
