namespace StackHub.Connecting;

/// <summary>The vendor's webhooks: is it theirs, what is its identity, what does it say, what answer does the vendor expect.</summary>
public interface IWebhookReceiver
{
    /// <summary>Pure; compares in constant time and checks the vendor's timestamp window on both sides.</summary>
    SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now);

    /// <summary>What the body says; throws <see cref="WebhookFormatException"/> when it is not the vendor's format.</summary>
    IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body);

    /// <summary>The answer that tells the vendor "received".</summary>
    WebhookReply Accepted { get; }

    /// <summary>Key of the delivery for the replay memory (the vendor's delivery id or a hash of signature and timestamp); null when the vendor repeats deliveries unchanged on purpose and applying twice is harmless.</summary>
    string? ReplayKey(WebhookRequest request);
}

public enum SignatureVerdict
{
    Valid,
    Missing,
    Mismatch,
    Expired,
}

/// <param name="Uri">The public address as the vendor called it, rebuilt from the configured public base.</param>
/// <param name="Headers">By lower-case name, first value.</param>
public sealed record WebhookRequest(string Method, string Uri, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public override string ToString() => $"{Method} webhook ({Body.Length} bytes)";
}

public sealed record WebhookReply(int Status, string? ContentType = null, string? Body = null);

/// <summary>The body is not what the vendor sends; the message says what is wrong and where, without any of its values.</summary>
public sealed class WebhookFormatException(string message, Exception? inner = null) : Exception(message, inner);
