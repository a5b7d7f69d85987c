using StackHub.Security;

namespace StackHub.Privacy;

/// <summary>The number of a privacy request, as it is told to the person and written into every proof.</summary>
public readonly record struct RequestId(Guid Value) : IComparable<RequestId>
{
    public static RequestId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>The same for the same text: a submission that is sent twice is one request.</summary>
    public static RequestId Of(HubKeys keys, string idempotencyKey)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Text.Base64Url.DecodeFromChars(keys.Hash("privacy-request", idempotencyKey), bytes);
        return new(new Guid(bytes));
    }

    public static RequestId Parse(string text) => new(Guid.Parse(text));

    public static RequestId? TryParse(string? text) => Guid.TryParse(text, out var value) ? new RequestId(value) : null;

    public int CompareTo(RequestId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => Value.ToString("N");
}
