using System.Net;
using StackHub.Connecting;

namespace StackHub.Connectors.Http;

/// <summary>
/// Takes a permit before every attempt, and passes a vendor's "wait" on to all callers of the system. A throttled request was not
/// carried out, so it is sent again after a short wait, a write too; 503 only when it is a safe read.
/// </summary>
internal sealed class BudgetHandler(ConnectorContext context, VendorHttpOptions options) : DelegatingHandler
{
    private const int Attempts = 3;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = VendorRequest.CallOf(request);
        for (var attempt = 1; ; attempt++)
        {
            await context.Budget.TakeAsync(context.System, call.Scope, cancellationToken).ConfigureAwait(false);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (WaitOf(response) is not { } wait)
                return response;

            var status = response.StatusCode;
            response.Dispose();
            await context.Budget.BlockAsync(context.System, wait, cancellationToken).ConfigureAwait(false);
            var mayRepeat = status == HttpStatusCode.TooManyRequests || call.Safe;
            if (!mayRepeat || attempt == Attempts || wait > options.MaxInlineWait)
                throw Throttled(call, status, wait);
        }
    }

    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            return null;
        var now = response.Headers.Date ?? context.Time.GetUtcNow(); // a Retry-After date is on the vendor's clock
        var said = response.Headers.RetryAfter is { } after
            ? after.Delta ?? after.Date - now
            : options.WaitOf?.Invoke(response.Headers, now);
        var wait = said ?? (response.StatusCode == HttpStatusCode.TooManyRequests ? options.DefaultWait : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private VendorUnavailableException Throttled(VendorCall call, HttpStatusCode status, TimeSpan wait) =>
        new(context.System, $"{call.Operation}: HTTP {(int)status}", wait) { Uncertain = status != HttpStatusCode.TooManyRequests && !call.Safe };
}
