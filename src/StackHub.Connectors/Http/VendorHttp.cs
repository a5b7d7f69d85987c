using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly.CircuitBreaker;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Http;

/// <summary>
/// One system's HTTP: retry of safe reads, breaker, token, budget, report, time and size limits, in that order. Answers below 500 come
/// back (except 401 and 429, which are handled here); everything else is a <see cref="VendorUnavailableException"/>.
/// </summary>
internal sealed class VendorHttp : IDisposable
{
    private readonly HttpMessageInvoker invoker;
    private readonly VendorHttpOptions options;

    public VendorHttp(ConnectorContext context, VendorHttpOptions options)
    {
        System = context.System;
        this.options = options;
        invoker = new HttpMessageInvoker(Chain(context, options), disposeHandler: true);
    }

    public SystemId System { get; }

    /// <param name="path">From the base address, with its leading slash; values in it already escaped.</param>
    public Task<VendorAnswer> SendAsync(VendorCall call, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(call, method, path, content, [], cancellationToken);

    /// <param name="headers">Headers of this call, besides those of every call.</param>
    public async Task<VendorAnswer> SendAsync(VendorCall call, HttpMethod method, string path, HttpContent? content, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        using var request = new VendorRequest(call, method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode < HttpStatusCode.InternalServerError ? new VendorAnswer(this, call, response, options) : throw Failed(call, response);
    }

    public Task<VendorAnswer> GetAsync(VendorCall call, string path, CancellationToken cancellationToken) =>
        SendAsync(call, HttpMethod.Get, path, content: null, cancellationToken);

    public Task<VendorAnswer> PostAsync<T>(VendorCall call, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(call, HttpMethod.Post, path, Json(body, type), cancellationToken);

    /// <summary>A JSON body with a known length: some vendors' gateways refuse chunked requests.</summary>
    public static HttpContent Json<T>(T body, JsonTypeInfo<T> type, string mediaType = "application/json") =>
        new ReadOnlyMemoryContent(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new(mediaType) } };

    public void Dispose() => invoker.Dispose();

    internal VendorUnavailableException Unavailable(VendorCall call, string reason, bool uncertain = false, TimeSpan? retryAfter = null) =>
        new(System, $"{call.Operation}: {reason}", retryAfter) { Uncertain = uncertain && !call.Safe };

    private async Task<HttpResponseMessage> SendAsync(VendorRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            throw Unavailable(request.Call, "too many failures, pausing", retryAfter: e.RetryAfter);
        }
        catch (HttpRequestException e) // its text may hold an address with an e-mail in it, so only the kind goes on
        {
            throw Unavailable(request.Call, e.InnerException is TimeoutException ? "no answer in time" : e.HttpRequestError.ToString(), uncertain: !NeverSent(e.HttpRequestError));
        }
    }

    private VendorUnavailableException Failed(VendorCall call, HttpResponseMessage response)
    {
        using (response)
            return Unavailable(call, $"HTTP {(int)response.StatusCode}", uncertain: true);
    }

    private static bool NeverSent(HttpRequestError error) => error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError;

    private static ReadRetryHandler Chain(ConnectorContext context, VendorHttpOptions options) =>
        new(context.Time, options)
        {
            InnerHandler = new BreakerHandler(context.Time, options)
            {
                InnerHandler = new TokenHandler(context, options)
                {
                    InnerHandler = new BudgetHandler(context, options)
                    {
                        InnerHandler = new ReportHandler(context)
                        {
                            InnerHandler = new TransportHandler(options) { InnerHandler = options.Transport ?? Sockets(options) },
                        },
                    },
                },
            },
        };

    private static SocketsHttpHandler Sockets(VendorHttpOptions options) => new()
    {
        AllowAutoRedirect = false, // a redirect would carry the token and the data to another host
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaxConnections,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a vendor's DNS change is seen
        UseCookies = false,
    };
}
