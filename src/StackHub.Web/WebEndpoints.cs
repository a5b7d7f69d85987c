using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Web.Audit;
using StackHub.Web.Conflicts;
using StackHub.Web.Connectors;
using StackHub.Web.DeadLetters;
using StackHub.Web.Health;
using StackHub.Web.Hooks;
using StackHub.Web.Idempotency;
using StackHub.Web.Intake;
using StackHub.Web.Lifecycle;
using StackHub.Web.Merges;
using StackHub.Web.OpenApi;
using StackHub.Web.OpenDsr;
using StackHub.Web.Plan;
using StackHub.Web.Privacy;
using StackHub.Web.Records;
using StackHub.Web.Routing;
using StackHub.Web.Runs;
using StackHub.Web.Security;
using StackHub.Web.Shell;
using StackHub.Web.SignIn;
using StackHub.Web.Systems;

namespace StackHub.Web;

public static class WebEndpoints
{
    /// <summary>The whole web part. Webhooks pass the boundary and nothing else; api routes pass the gate and run once a key; pages pass the console's gate.</summary>
    public static WebApplication MapStackHub(this WebApplication app)
    {
        app.UseMiddleware<Boundary>();
        app.UseRouting();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), branch => branch.UseMiddleware<Gate>().UseMiddleware<PostOnce>());
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/console"), branch => branch.UseMiddleware<ConsoleGate>());
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/privacy"), branch => branch.UseMiddleware<IntakeGate>());
        app.Services.GetRequiredService<HookEndpoints>().Map(app);
        ShellEndpoints.Map(app);
        IntakeEndpoints.Map(app);
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
        RoutingEndpoints.Map(api);
        MergeEndpoints.Map(api);
        DeadLetterEndpoints.Map(api);
        AuditEndpoints.Map(api);
        LifecycleEndpoints.Map(api);
        OverrideEndpoints.Map(api);
        ConnectorEndpoints.Map(api);
        PrivacyEndpoints.Map(api);
        OpenDsrEndpoints.Map(api);
        IntakeApi.Map(api);
        HealthEndpoints.Map(app, api);
        OpenApiEndpoints.Map(api);
    }
}
