using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using StackHub.Connecting;

namespace StackHub.Testing.Sync;

/// <summary>Webhooks whose body is the number of a change that was handed over beforehand; the way through the queue is the real one.</summary>
public sealed class FakeWebhooks : IWebhookReceiver
{
    private readonly ConcurrentDictionary<int, Change> handed = new();
    private int last;

    public WebhookReply Accepted { get; } = new(202);

    /// <summary>The delivery that says so.</summary>
    public WebhookRequest Delivery(Change change)
    {
        var number = Interlocked.Increment(ref last);
        handed[number] = change;
        return new("POST", "https://hub.example.com/hooks/fake", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
    }

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now) => SignatureVerdict.Valid;

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body) => [handed[int.Parse(Encoding.UTF8.GetString(body.Span), CultureInfo.InvariantCulture)]];

    public string? ReplayKey(WebhookRequest request) => null;
}
