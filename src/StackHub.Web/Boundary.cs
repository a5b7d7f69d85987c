using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StackHub.Web.Errors;
using StackHub.Web.Security;

namespace StackHub.Web;

/// <summary>The outermost layer: security headers on every answer, and a problem instead of a bare status or an exception.</summary>
internal sealed class Boundary(RequestDelegate next, ILogger<Boundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        SecurityHeaders.AddTo(context);
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                await Problems.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problems.Aborted(e.StatusCode).ExecuteAsync(context);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !context.Response.HasStarted)
        {
            var trace = Activity.Current?.TraceId.ToString();
            logger.RequestFailed(e.GetType().Name, trace, e.StackTrace);
            await Problems.Internal(trace).ExecuteAsync(context);
        }
    }
}
