using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using StackHub.Configuration;
using StackHub.Web.Errors;
using StackHub.Web.Security;
using StackHub.Web.Shell;
using StackHub.Web.SignIn;

namespace StackHub.Web.Intake;

/// <summary>
/// What strangers meet first: forms are small, come from our own pages, and are not sent too often. Nobody is signed in here; the form's
/// proof is bound to a secret of the browser's own.
/// </summary>
internal sealed class IntakeGate(RequestDelegate next, HubModel model, Visitors visitors, FormProofs proofs, IntakeLimits limits, PrivacySignals signals, IOptions<WebOptions> options)
{
    private const int MaxForm = 32 * 1024;
    private const int MaxValues = 64;

    public async Task InvokeAsync(HttpContext context)
    {
        context.Features.Set<IProblemWriter>(PublicProblems.Writer);
        context.Response.Headers.CacheControl = "no-store";
        if (!model.Privacy.Intake.Open)
        {
            await Problems.OfStatus(404).ExecuteAsync(context);
            return;
        }
        if (context.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<FileOfPages>() is not null)
        {
            await next(context);
            return;
        }
        var visitor = await visitors.OfAsync(context);
        var sends = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        context.Features.Set(sends ? visitor : Visitors.Known(context, visitor));
        if (sends && await RefusalAsync(context, visitor) is { } refusal)
        {
            context.Features.Set(Visitors.Known(context, visitor));
            await refusal.ExecuteAsync(context);
            return;
        }
        await signals.HonourAsync(context, context.RequestAborted);
        await next(context);
    }

    private async Task<ProblemResult?> RefusalAsync(HttpContext context, Visitor visitor)
    {
        if (limits.Take(CallerAddress.Of(context, options.Value)) is { } wait)
            return new(new(429, "too-many-forms", "Too many forms were sent", $"Please wait {Ages.Of(wait)} and send it again.")) { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };
        return await proofs.RefusalAsync(context, visitor, MaxForm, MaxValues);
    }
}

/// <summary>A file that pages load.</summary>
internal sealed record FileOfPages;
