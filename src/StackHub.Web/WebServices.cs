using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Triggers;
using StackHub.Web.Health;
using StackHub.Web.Hooks;
using StackHub.Web.Idempotency;
using StackHub.Web.Json;
using StackHub.Web.OpenApi;
using StackHub.Web.Paging;
using StackHub.Web.Plan;
using StackHub.Web.Records;
using StackHub.Web.Runs;
using StackHub.Web.Security;
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
        return services
            .AddSingleton<HookEndpoints>()
            .AddSingleton<SignInFailures>()
            .AddSingleton<Cursors>()
            .AddSingleton<RecordPages>()
            .AddSingleton<PlanPages>()
            .AddSingleton<SystemReader>()
            .AddSingleton<HealthReader>()
            .AddSingleton<IdempotencyStore>()
            .AddSingleton<ITimerHandler, IdempotencySweep>();
    }

    private static void AddRuns(IServiceCollection services) => services
        .AddSingleton<RunSteps>()
        .AddSingleton<RunStore>()
        .AddSingleton<Runner>()
        .AddHostedService(provider => provider.GetRequiredService<Runner>());
}
