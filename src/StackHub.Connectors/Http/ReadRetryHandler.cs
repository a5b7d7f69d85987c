using System.Net;
using Polly;
using Polly.Retry;

namespace StackHub.Connectors.Http;

/// <summary>Sends safe reads again after a broken connection or a 5xx, a little later each time. Writes are never repeated here.</summary>
internal sealed class ReadRetryHandler(TimeProvider time, VendorHttpOptions options) : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> retry = Build(time, options);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        VendorRequest.CallOf(request).Safe
            ? await retry.ExecuteAsync(static (call, token) => call.Handler.PassOnAsync(call.Request, token), (Handler: this, Request: request), cancellationToken).ConfigureAwait(false)
            : await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

    private async ValueTask<HttpResponseMessage> PassOnAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

    private static ResiliencePipeline<HttpResponseMessage> Build(TimeProvider time, VendorHttpOptions options) => options.ReadRetries == 0
        ? ResiliencePipeline<HttpResponseMessage>.Empty
        : new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.ReadRetries,
                Delay = options.ReadRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is HttpRequestException
                    || args.Outcome.Result?.StatusCode >= HttpStatusCode.InternalServerError),
                OnRetry = static args =>
                {
                    args.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}
