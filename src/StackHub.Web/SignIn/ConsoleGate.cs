using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.SignIn;

/// <summary>Lets a person through to a page that one of their roles may see, and a form through that one of our pages made.</summary>
internal sealed class ConsoleGate(RequestDelegate next, Visitors visitors, FormProofs proofs)
{
    private const int MaxForm = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        context.Features.Set<IProblemWriter>(ProblemPages.Writer);
        context.Response.Headers.CacheControl = "no-store";
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }
        var visitor = await visitors.OfAsync(context);
        context.Features.Set(visitor);
        context.Features.Set(visitor.Caller);
        if (await RefusalAsync(context, endpoint, visitor) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }

    private async Task<IResult?> RefusalAsync(HttpContext context, RouteEndpoint endpoint, Visitor visitor)
    {
        var isOpen = endpoint.Metadata.GetMetadata<Anonymous>() is not null;
        var needed = endpoint.Metadata.GetMetadata<RequiredRole>();
        if (!isOpen && visitor.Caller is null)
            return new SaidResult(SignInEndpoints.PathFor(context), null);
        if (!isOpen && needed?.Allows(visitor.Caller!) != true)
            return Problems.Forbidden(RoleNames.Of(needed?.Role ?? Role.Approver));
        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? null : await proofs.RefusalAsync(context, visitor, endpoint.Metadata.GetMetadata<FormSize>()?.Bytes ?? MaxForm, FormReader.DefaultValueCountLimit);
    }
}
