using System.Net;
using System.Text.Json;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// Marketo answers 200 to nearly everything and tells its errors in the body. What is not about a record is put into HTTP's words here,
/// so that tokens, limits and outages are handled as any vendor's. Codes: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/error-codes.
/// </summary>
internal sealed class MarketoTranslation(TimeProvider time, TimeSpan throttleWait, long maxBytes)
{
    public async ValueTask<HttpResponseMessage> TranslateAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != "application/json")
            return response;
        var body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content.Dispose();
        response.Content = content;
        if (CodeOf(body.Span) is { } code && StatusOf(code) is { } status)
        {
            response.StatusCode = status;
            response.Headers.RetryAfter = WaitOf(code, response.Headers.Date ?? time.GetUtcNow()) is { } wait ? new(wait) : null;
        }

        return response;
    }

    public static HttpStatusCode? StatusOf(string code) => code switch
    {
        "600" or "601" or "602" => HttpStatusCode.Unauthorized,
        "603" or "614" => HttpStatusCode.Forbidden,
        "604" => HttpStatusCode.GatewayTimeout,
        "606" or "607" or "615" => HttpStatusCode.TooManyRequests,
        "608" or "713" => HttpStatusCode.ServiceUnavailable,
        "611" => HttpStatusCode.InternalServerError,
        _ => null,
    };

    private TimeSpan? WaitOf(string code, DateTimeOffset now) => code switch
    {
        "606" or "615" => throttleWait,
        "607" => TimeSpan.FromSeconds(Math.Ceiling(MarketoQuota.UntilReset(now).TotalSeconds)),
        _ => null,
    };

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        await using var body = new LimitedStream(await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), maxBytes);
        await body.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    /// <summary>Null for a success, and for what is not Marketo's envelope: a token, or a proxy's page.</summary>
    private static string? CodeOf(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, MarketoJson.Default.MarketoVerdict)?.Code;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
