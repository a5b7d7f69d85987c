using StackHub.AzureStorage;
using StackHub.Functions.Invocation;
using StackHub.Hosting;
using StackHub.Web;

namespace StackHub.Functions;

/// <summary>The hub as a custom handler: the host takes messages, keeps time and passes web requests on; the pump and the scheduler are off.</summary>
internal static class FunctionsHub
{
    public static async Task<WebApplication> BuildAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        var storage = StorageSettings.Read(Environment.GetEnvironmentVariable);
        var keys = HubKeyVariable.Read()
            ?? throw new HubStartException($"Set {HubKeyVariable.Name} to the hub's key: 32 random bytes in base64, the same for all instances ('openssl rand -base64 32'), best as a Key Vault reference. What was sealed with it cannot be read without it.");
        var composition = await HubComposition.LoadAsync(settings.ConfigPath, null, cancellationToken);
        return HubWeb.Build(
            [$"http://127.0.0.1:{settings.Port}"],
            LogLevel.Warning,
            logging => logging.AddJsonConsole(console => console.UseUtcTimestamp = true), // to standard output: the host takes the other for errors
            services =>
            {
                composition.AddTo(services.AddAzureStorage(storage), keys, new(SingleProcess: false) { Pump = false });
                services.AddHostedTriggers();
                services.AddSingleton(new InvocationOptions(settings.Deadline));
                services.Configure<WebOptions>(web => BehindHost(web, settings));
            },
            app => app.UseMiddleware<Invocations>());
    }

    /// <summary>
    /// The host's proxy hides who calls: all callers have one address, and shutting it out would shut out everybody. After an answer the
    /// process may be ended.
    /// </summary>
    private static void BehindHost(WebOptions web, HostSettings settings) =>
        (web.PlatformAuthentication, web.MaxFailures, web.IntakePerAddress, web.RunsInBackground) = (settings.PlatformAuthentication, int.MaxValue, int.MaxValue, false);
}
