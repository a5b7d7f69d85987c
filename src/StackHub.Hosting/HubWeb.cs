using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Cloud;
using StackHub.Web;

namespace StackHub.Hosting;

/// <summary>The hub's web part as an application, whoever drives its queues and timers.</summary>
public static class HubWeb
{
    /// <param name="console">How lines are written; nothing else logs.</param>
    /// <param name="services">Adds the store and the hub.</param>
    /// <param name="first">What sees a request before the hub does.</param>
    public static WebApplication Build(string[] urls, LogLevel logLevel, Action<ILoggingBuilder> console, Action<IServiceCollection> services, Action<WebApplication>? first = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        console(builder.Logging);
        builder.Logging.SetMinimumLevel(logLevel);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        services(builder.Services);
        builder.Services.AddOtlp(builder.Configuration);
        builder.Services.AddStackHubWeb();
        var app = builder.Build();
        first?.Invoke(app);
        app.MapStackHub();
        return app;
    }
}
