using System.Net.Http.Headers;

namespace StackHub.Connectors.Http;

/// <summary>What the HTTP base must know of a vendor. The defaults suit most.</summary>
internal sealed record VendorHttpOptions(Uri BaseAddress, VendorAuth Auth)
{
    /// <summary>Headers sent with every request, such as the vendor's API version.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>For one attempt, from sending to the answer's headers, and again for reading its body.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An answer larger than this, unpacked, is refused.</summary>
    public long MaxAnswerBytes { get; init; } = 32 * 1024 * 1024;

    public int MaxConnections { get; init; } = 32;

    /// <summary>How long to stay away after 429 when the vendor does not say.</summary>
    public TimeSpan DefaultWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait a vendor tells in headers of its own (X-RateLimit-Reset); asked when there is no Retry-After.</summary>
    public Func<HttpResponseHeaders, DateTimeOffset, TimeSpan?>? WaitOf { get; init; }

    /// <summary>A throttled request is sent again by itself after waits up to this; a longer one is left to the caller.</summary>
    public TimeSpan MaxInlineWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Times a safe read is sent again after a broken connection or a 5xx.</summary>
    public int ReadRetries { get; init; } = 2;

    public TimeSpan ReadRetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The breaker opens when at least this many calls in <see cref="BreakerWindow"/> failed, and half of all.</summary>
    public int BreakerCalls { get; init; } = 6;

    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The token's own instance address replaces <see cref="BaseAddress"/> (Salesforce).</summary>
    public bool UseInstanceUrl { get; init; }

    /// <summary>For a vendor that tells its errors in a 200: the answer as HTTP would tell it, before anything else looks at it.</summary>
    public Func<HttpResponseMessage, CancellationToken, ValueTask<HttpResponseMessage>>? Translate { get; init; }

    /// <summary>What sends in the end; null is a socket handler. Tests put a fake here.</summary>
    public HttpMessageHandler? Transport { get; init; }

    public override string ToString() => BaseAddress.Host;
}
