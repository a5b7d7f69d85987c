using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Cli.Hosting;
using StackHub.Sqlite;
using StackHub.Web;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>A whole hub in the test's process: what the command line serves, with its log and its clock in the test's hands.</summary>
public sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private HubHost(WebApplication app, Uri address)
    {
        this.app = app;
        Address = address;
    }

    public Uri Address { get; }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<HubHost> StartAsync(HubSetup setup, Uri address, HubRunOptions run, TimeProvider time, LogBook log, Action<IServiceCollection> services, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address.ToString().TrimEnd('/'));
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton(time);
        setup.AddTo(builder.Services, run, new SqliteOptions { Durability = Durability.ProcessCrash });
        builder.Services.AddStackHubWeb();
        services(builder.Services);
        var app = builder.Build();
        app.MapStackHub();
        await app.StartAsync(cancellationToken);
        return new(app, address);
    }

    /// <summary>Takes away one that died: its farewells fail, as a dead one says none.</summary>
    public async Task BuryAsync()
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception e) when (e is AggregateException or OperationCanceledException)
        {
            // what it would have written on its way out is lost, as it would be
        }
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
