using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Cli.Hosting;
using StackHub.Sqlite;

namespace StackHub.Cli.Demo;

/// <summary>A whole hub in this process, on a port of its own.</summary>
public sealed class DemoHub : IAsyncDisposable
{
    private readonly WebApplication app;

    private DemoHub(WebApplication app, Uri address)
    {
        this.app = app;
        Address = address;
    }

    public Uri Address { get; }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <param name="address">Where it listens; vendors are told to call there.</param>
    public static async Task<DemoHub> StartAsync(HubSetup setup, Uri address, CancellationToken cancellationToken)
    {
        var app = HubWeb.Build(setup, [address.ToString().TrimEnd('/')], new(SingleProcess: true), LogLevel.Error, new SqliteOptions { Durability = Durability.ProcessCrash });
        await app.StartAsync(cancellationToken);
        return new(app, address);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
