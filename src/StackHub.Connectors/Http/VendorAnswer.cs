using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StackHub.Connecting;

namespace StackHub.Connectors.Http;

/// <summary>An answer below 500. Its body is read at most once, as a stream, within the time and size limits.</summary>
internal sealed class VendorAnswer(VendorHttp http, VendorCall call, HttpResponseMessage response, VendorHttpOptions options) : IDisposable
{
    public HttpStatusCode Status => response.StatusCode;

    public bool IsSuccess => response.IsSuccessStatusCode;

    public HttpResponseHeaders Headers => response.Headers;

    /// <summary>The body as the type; an answer that is not that is the vendor's failure.</summary>
    public Task<T> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        GuardAsync(async (body, token) => await JsonSerializer.DeserializeAsync(body, type, token).ConfigureAwait(false) ?? throw new JsonException(), cancellationToken);

    /// <summary>The body of a success; any other status is reported without its body.</summary>
    public Task<T> RequireAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        IsSuccess ? ReadAsync(type, cancellationToken) : throw Unexpected();

    /// <summary>The vendor's error as the type, or null when the body is something else (a proxy's page).</summary>
    public Task<T?> TryReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        GuardAsync(async (body, token) => await OrNullAsync(body, type, token).ConfigureAwait(false), cancellationToken);

    /// <summary>The body as text, for vendors that answer small non-JSON bodies.</summary>
    public Task<string> ReadTextAsync(CancellationToken cancellationToken) =>
        GuardAsync(
            async (body, token) =>
            {
                using var reader = new StreamReader(body, Encoding.UTF8);
                return await reader.ReadToEndAsync(token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>For a status the connector knows no meaning of: 401 and 403 need a person.</summary>
    public VendorUnavailableException Unexpected() =>
        new(http.System, $"{call.Operation}: HTTP {(int)Status}") { NeedsPerson = Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden };

    public void Dispose() => response.Dispose();

    private async Task<T> GuardAsync<T>(Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.AttemptTimeout);
        try
        {
            await using var body = new LimitedStream(await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false), options.MaxAnswerBytes);
            return await read(body, limit.Token).ConfigureAwait(false);
        }
        catch (JsonException) // its message can quote the body, so it is not passed on
        {
            throw http.Unavailable(call, $"HTTP {(int)Status} with a body that is not the expected JSON", uncertain: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw http.Unavailable(call, "the answer did not end in time", uncertain: true);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw http.Unavailable(call, e is AnswerTooLargeException ? "the answer is too large" : "the answer broke off", uncertain: true);
        }
    }

    private static async Task<T?> OrNullAsync<T>(Stream body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
