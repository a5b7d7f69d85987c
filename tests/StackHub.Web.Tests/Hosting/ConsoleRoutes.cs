using Microsoft.AspNetCore.Routing;

namespace StackHub.Web.Tests.Hosting;

/// <summary>What is mapped under console/, without files and sign-in.</summary>
public static class ConsoleRoutes
{
    private static readonly string[] Open = ["sign-in", "sign-out"];

    /// <summary>Paths are from "console/".</summary>
    public static IReadOnlyList<ApiRoute> Of(WebHub hub) =>
    [
        .. from endpoint in hub.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           where pattern == "/console" || pattern.StartsWith("/console/", StringComparison.Ordinal)
           let path = pattern["/console".Length..].TrimStart('/')
           where !path.StartsWith("assets/", StringComparison.Ordinal) && !Open.Contains(path)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
           select new ApiRoute(method, path),
    ];
}
