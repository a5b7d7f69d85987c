using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using StackHub.Sqlite;

namespace StackHub.Cli.Hosting;

/// <summary>The hub as one process: web endpoints, queue pump and timers over the embedded store.</summary>
public static class HubWeb
{
    public static WebApplication Build(HubSetup setup, string[] urls, HubRunOptions run, LogLevel logLevel, SqliteOptions? store = null) => StackHub.Hosting.HubWeb.Build(
        urls,
        logLevel,
        logging => logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "HH:mm:ss ", true)),
        services => setup.AddTo(services, run, store));
}
