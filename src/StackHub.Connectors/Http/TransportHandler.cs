using System.Net;

namespace StackHub.Connectors.Http;

/// <summary>Refuses plain HTTP (loopback excepted), sends the vendor's fixed headers, and limits the time of one attempt.</summary>
internal sealed class TransportHandler(VendorHttpOptions options) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Guard(request.RequestUri!);
        foreach (var (name, value) in options.Headers)
        {
            if (!request.Headers.Contains(name)) // a request that is sent again has them already
                request.Headers.TryAddWithoutValidation(name, value);
        }

        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(options.AttemptTimeout);
        try
        {
            var response = await base.SendAsync(request, attempt.Token).ConfigureAwait(false);
            return options.Translate is { } translate ? await TranslatedAsync(response, translate, attempt.Token).ConfigureAwait(false) : response;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // SocketsHttpHandler ends its own connect timeout with a cancellation too: that request was never sent.
            var error = attempt.IsCancellationRequested ? HttpRequestError.Unknown : HttpRequestError.ConnectionError;
            throw new HttpRequestException(error, "No answer in time.", new TimeoutException("No answer in time.", e));
        }
    }

    private static async Task<HttpResponseMessage> TranslatedAsync(
        HttpResponseMessage response, Func<HttpResponseMessage, CancellationToken, ValueTask<HttpResponseMessage>> translate, CancellationToken cancellationToken)
    {
        try
        {
            return await translate(response, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) // translating reads the body, which may break off like any other answer
        {
            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer broke off.", e);
        }
    }

    private static void Guard(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw new HttpRequestException(HttpRequestError.SecureConnectionError, "Plain HTTP is refused.", statusCode: HttpStatusCode.UpgradeRequired);
    }
}
