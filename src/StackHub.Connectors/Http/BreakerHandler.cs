using System.Net;
using Polly;
using Polly.CircuitBreaker;

namespace StackHub.Connectors.Http;

/// <summary>Stops calling a system that fails, so that one dead vendor costs neither time nor connections. Throttling is not failing.</summary>
internal sealed class BreakerHandler(TimeProvider time, VendorHttpOptions options) : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> breaker = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            MinimumThroughput = options.BreakerCalls,
            SamplingDuration = options.BreakerWindow,
            BreakDuration = options.BreakerPause,
            FailureRatio = 0.5,
            ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is HttpRequestException
                || args.Outcome.Result?.StatusCode >= HttpStatusCode.InternalServerError),
        })
        .Build();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await breaker.ExecuteAsync(static (call, token) => call.Handler.PassOnAsync(call.Request, token), (Handler: this, Request: request), cancellationToken).ConfigureAwait(false);

    private async ValueTask<HttpResponseMessage> PassOnAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
}
