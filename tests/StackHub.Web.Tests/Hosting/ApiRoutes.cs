using Microsoft.AspNetCore.Routing;

namespace StackHub.Web.Tests.Hosting;

/// <summary>A mapped api route.</summary>
public sealed record ApiRoute(string Method, string Pattern)
{
    /// <summary>An address of the route, with ids of things there are not.</summary>
    public string Path => Pattern.TrimStart('/').Replace("{id}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal).Replace("{task}", "erase|crm", StringComparison.Ordinal).Replace("{major:int:range(1,9)}", "2", StringComparison.Ordinal);

    /// <summary>False for another name of a documented route.</summary>
    public bool IsDocumented { get; init; } = true;

    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>What is mapped under api/.</summary>
public static class ApiRoutes
{
    /// <summary>Routes that everybody may call.</summary>
    public static readonly IReadOnlyList<string> Open = ["/api/openapi.json", "/api/opendsr/discovery", "/api/opendsr/certificate.pem", "/api/opendsr/v{major:int:range(1,9)}/discovery", "/api/intake/requests", "/api/intake/confirm"];

    public static IReadOnlyList<ApiRoute> Of(WebHub hub) =>
    [
        .. from endpoint in hub.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           where pattern.StartsWith("/api/", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
           select new ApiRoute(method, pattern) { IsDocumented = endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true },
    ];
}
