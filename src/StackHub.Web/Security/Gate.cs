using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using StackHub.Security;
using StackHub.Web.Errors;

namespace StackHub.Web.Security;

/// <summary>Lets a caller through to an api route that one of their roles may use, before anything of the request is read.</summary>
internal sealed class Gate(RequestDelegate next, ApiKeyStore keys, SignInFailures failures, IOptions<WebOptions> options)
{
    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Anonymous>() is not null)
        {
            await next(context);
            return;
        }
        if (await RefusalAsync(context, endpoint) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }

    private async Task<ProblemResult?> RefusalAsync(HttpContext context, Endpoint endpoint)
    {
        var address = CallerAddress.Of(context, options.Value);
        if (failures.Wait(address) is { } wait)
            return Problems.TooManyFailures(wait);
        var presented = Presented(context.Request.Headers);
        var caller = presented is not null ? await ByKeyAsync(presented, context.RequestAborted) : options.Value.PlatformAuthentication ? PlatformPrincipal.Read(context.Request.Headers) : null;
        if (caller is null && presented is not null)
        {
            failures.Add(address);
            return Problems.WrongKey();
        }
        if (caller is null)
            return Problems.Unauthenticated("Send an API key as 'Authorization: Bearer shk_…' or 'X-Api-Key: shk_…'.");
        if (presented is null && IsCrossSite(context.Request))
            return Problems.CrossSite();
        context.Features.Set(caller);
        return RefusalOf(caller, endpoint);
    }

    /// <summary>What routing answers by itself (a wrong method or content type) needs no role.</summary>
    private static ProblemResult? RefusalOf(Caller caller, Endpoint endpoint)
    {
        var needed = endpoint.Metadata.GetMetadata<RequiredRole>();
        if (endpoint is not RouteEndpoint || needed?.Allows(caller) == true)
            return null;
        return Problems.Forbidden(RoleNames.Of(needed?.Role ?? Role.Approver));
    }

    private async Task<Caller?> ByKeyAsync(string presented, CancellationToken cancellationToken) =>
        await keys.FindAsync(presented, cancellationToken) is { } key ? new($"key:{key.Id}", key.Roles) : null;

    /// <summary>A bearer token that is no key of ours is the platform's, where there is one.</summary>
    private string? Presented(IHeaderDictionary headers)
    {
        if (headers["X-Api-Key"] is [{ } key])
            return key;
        if (headers.Authorization is not [{ } authorization] || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = authorization[Bearer.Length..].Trim();
        return options.Value.PlatformAuthentication && !token.StartsWith(ApiKeyStore.Prefix, StringComparison.Ordinal) ? null : token;
    }

    /// <summary>A person's browser sends their session with whatever another site makes it send; a key or token is never sent by itself.</summary>
    private static bool IsCrossSite(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && request.Headers["Sec-Fetch-Site"].ToString() is not ("same-origin" or "none");
}
