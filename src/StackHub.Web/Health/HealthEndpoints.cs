using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Security;
using StackHub.Web.Security;

namespace StackHub.Web.Health;

/// <summary>How the hub fares: for people who may see it, and yes or no for everyone.</summary>
internal static class HealthEndpoints
{
    private const string Unavailable = "unavailable";

    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder api)
    {
        api.MapGet("health", ReadAsync).WithName("getHealth").WithTags("Health").Needs(Role.Viewer);
        routes.MapGet("healthz", AliveAsync).WithName("getAlive").WithTags("Health").Produces<Alive>(503).ForEveryone();
    }

    /// <summary>Each system's reach, lag and backlog, and how much waits in the queues. No vendor is called.</summary>
    internal static async Task<Ok<HealthView>> ReadAsync(HealthReader health, CancellationToken cancellationToken) => TypedResults.Ok(await health.ReadAsync(cancellationToken));

    /// <summary>200 when the store answers, 503 when it does not.</summary>
    internal static async Task<Results<Ok<Alive>, JsonHttpResult<Alive>>> AliveAsync(HttpContext context, HealthReader health, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await health.StoreAnswersAsync(cancellationToken)
            ? TypedResults.Ok(new Alive("ok"))
            : TypedResults.Json(new Alive(Unavailable), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
