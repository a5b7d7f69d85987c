using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Triggers;
using StackHub.Web.Audit;
using StackHub.Web.Health;
using StackHub.Web.Hooks;
using StackHub.Web.Idempotency;
using StackHub.Web.Intake;
using StackHub.Web.Json;
using StackHub.Web.Metrics;
using StackHub.Web.OpenApi;
using StackHub.Web.Overview;
using StackHub.Web.Paging;
using StackHub.Web.Plan;
using StackHub.Web.Privacy;
using StackHub.Web.Privacy.Console;
using StackHub.Web.Records;
using StackHub.Web.Runs;
using StackHub.Web.Security;
using StackHub.Web.Shell;
using StackHub.Web.SignIn;
using StackHub.Web.Systems;

namespace StackHub.Web;

public static class WebServices
{
    /// <summary>What <see cref="WebEndpoints.MapStackHub"/> needs, beside <see cref="StackHubServices.AddStackHub"/>.</summary>
    public static IServiceCollection AddStackHubWeb(this IServiceCollection services)
    {
        services.AddOptions<WebOptions>();
        services.ConfigureHttpJsonOptions(options => WebJsonOptions.Apply(options.SerializerOptions));
        services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        // A line a request would be the most of what a webhook costs.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        services.AddOpenApi(ApiDocument.Name, ApiDocument.Describe);
        AddRuns(services);
        AddConsole(services);
        return services
            .AddSingleton<HookEndpoints>()
            .AddSingleton<SignInFailures>()
            .AddSingleton<Cursors>()
            .AddSingleton<RecordPages>()
            .AddSingleton<PlanPages>()
            .AddSingleton<SystemReader>()
            .AddSingleton<HealthReader>()
            .AddSingleton<RequestReader>()
            .AddSingleton<IntakeLimits>()
            .AddSingleton<PrivacySignals>()
            .AddSingleton<IntakePerson>()
            .AddSingleton<IdempotencyStore>()
            .AddSingleton<ITimerHandler, IdempotencySweep>();
    }

    private static void AddConsole(IServiceCollection services) => services
        .AddSingleton<SealedText>()
        .AddSingleton<FormProofs>()
        .AddSingleton<Visitors>()
        .AddSingleton<SaidCookie>()
        .AddSingleton<RunningFigures>()
        .AddHostedService(provider => provider.GetRequiredService<RunningFigures>())
        .AddSingleton<AuditDesk>()
        .AddSingleton<DrillDesk>()
        .AddSingleton<OverviewReader>()
        .AddSingleton<RecordSearch>()
        .AddSingleton<RecordNames>()
        .AddSingleton<Actors>()
        .AddSingleton<ToolLinks>()
        .AddSingleton<RecordLoader>()
        .AddPrivacyConsole();

    private static void AddRuns(IServiceCollection services) => services
        .AddSingleton<RunSteps>()
        .AddSingleton<RunStore>()
        .AddSingleton<Runner>()
        .AddSingleton<IQueueHandler, RunHandler>()
        .AddSingleton<ITimerHandler, ReconcileTimer>()
        .AddHostedService(provider => provider.GetRequiredService<Runner>());
}
