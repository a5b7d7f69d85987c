using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Web.Conflicts;
using StackHub.Web.Connectors;
using StackHub.Web.DeadLetters;
using StackHub.Web.Health;
using StackHub.Web.Home;
using StackHub.Web.Hooks;
using StackHub.Web.Idempotency;
using StackHub.Web.Merges;
using StackHub.Web.OpenApi;
using StackHub.Web.Plan;
using StackHub.Web.Records;
using StackHub.Web.Runs;
using StackHub.Web.Security;
using StackHub.Web.Systems;

namespace StackHub.Web;

public static class WebEndpoints
{
    /// <summary>The whole web part. Webhooks pass the boundary and nothing else; api routes pass the gate and run once a key.</summary>
    public static WebApplication MapStackHub(this WebApplication app)
    {
        app.UseMiddleware<Boundary>();
        app.UseRouting();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), branch => branch.UseMiddleware<Gate>().UseMiddleware<PostOnce>());
        app.Services.GetRequiredService<HookEndpoints>().Map(app);
        HomeEndpoints.Map(app);
        MapApi(app);
        return app;
    }

    private static void MapApi(WebApplication app)
    {
        var api = app.MapGroup("api");
        RecordEndpoints.Map(api);
        SystemEndpoints.Map(api);
        PlanEndpoints.Map(api);
        RunEndpoints.Map(api);
        ConflictEndpoints.Map(api);
        MergeEndpoints.Map(api);
        DeadLetterEndpoints.Map(api);
        ConnectorEndpoints.Map(api);
        HealthEndpoints.Map(app, api);
        OpenApiEndpoints.Map(api);
    }
}
