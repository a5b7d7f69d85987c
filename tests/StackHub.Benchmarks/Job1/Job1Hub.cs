using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sqlite;
using StackHub.Web;

namespace StackHub.Benchmarks.Job1;

/// <summary>The whole hub as the CLI serves it (Kestrel, embedded store, pump), with the systems of JOB-1.</summary>
internal static class Job1Hub
{
    public const string Hook = "/hooks/source";
    public const string Allocated = "/allocated";

    /// <summary>Options: --port, --data (a folder to keep), --no-pump, --relaxed (survives the process, not the power).</summary>
    public static async Task<int> ServeAsync(Options options)
    {
        var kept = options.Has("data");
        var folder = options.Text("data", Path.Combine(Path.GetTempPath(), $"stackhub-job1-{Environment.ProcessId}"));
        try
        {
            await using var app = Build(folder, options);
            await ApproveAsync(app.Services);
            await app.StartAsync();
            Console.WriteLine($"hub {string.Join(' ', app.Urls)}{Hook} pid {Environment.ProcessId} data {folder}");
            await app.WaitForShutdownAsync();
        }
        finally
        {
            if (!kept && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static WebApplication Build(string folder, Options options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Int("port", 9207)}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var http = SinkConnector.Http();
        builder.Services
            .AddSqliteStore(folder, new SqliteOptions { Durability = options.Has("relaxed") ? Durability.ProcessCrash : Durability.PowerLoss })
            .AddSingleton(Job1Model.Model(options.Int("concurrency", 16)))
            .AddSingleton(new HubKeys(new byte[32]))
            .AddStackHub(new(SingleProcess: true) { Pump = !options.Has("no-pump") })
            .AddSingleton(new ConnectorSet(
            [
                new SourceConnector(),
                new SinkConnector(Job1Model.Crm, Job1Model.CrmInfo, http, "/sf/contacts", nested: false),
                new SinkConnector(Job1Model.Marketing, Job1Model.MarketingInfo, http, "/mc/members", nested: true),
            ]));
        builder.Services.AddStackHubWeb();
        var app = builder.Build();
        app.MapStackHub();
        app.MapGet(Allocated, () => GC.GetTotalAllocatedBytes());
        return app;
    }

    private static async Task ApproveAsync(IServiceProvider services)
    {
        foreach (var system in new SystemId[] { Job1Model.Crm, Job1Model.Marketing })
            await services.GetRequiredService<SystemStates>().ChangeAsync(system, state => state with { Stage = SystemStage.Approved }, CancellationToken.None);
    }
}
