using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using StackHub.Cloud;
using StackHub.Sqlite;
using StackHub.Web;

namespace StackHub.Cli.Hosting;

/// <summary>The hub as one process: web endpoints, queue pump and timers over the embedded store.</summary>
public static class HubWeb
{
    public static WebApplication Build(HubSetup setup, string[] urls, HubRunOptions run, LogLevel logLevel, SqliteOptions? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "HH:mm:ss ", true));
        builder.Logging.SetMinimumLevel(logLevel);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        setup.AddTo(builder.Services, run, store);
        builder.Services.AddOtlp(builder.Configuration);
        builder.Services.AddStackHubWeb();
        var app = builder.Build();
        app.MapStackHub();
        return app;
    }
}
