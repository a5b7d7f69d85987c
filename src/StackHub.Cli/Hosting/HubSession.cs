using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Configuration;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Sqlite;
using StackHub.Sync.Outbox;
using StackHub.Triggers;
using StackHub.Web.Plan;
using StackHub.Web.Privacy;
using StackHub.Web.Records;
using StackHub.Web.Systems;

namespace StackHub.Cli.Hosting;

/// <summary>The hub for the time of one command. A command that works pumps for itself, unless another process serves the folder and does.</summary>
internal sealed class HubSession : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly DataFolderLock? held;

    private HubSession(ServiceProvider services, DataFolderLock? held)
    {
        this.services = services;
        this.held = held;
    }

    public HubModel Model => Get<HubModel>();

    /// <summary>True when the pump is here; false while another process serves the folder, and in commands that only look.</summary>
    public bool Pumps => held is not null;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static async Task<HubSession> OpenAsync(HubLocation location, bool work, Screen screen, CancellationToken cancellationToken)
    {
        var setup = await HubSetup.LoadAsync(location, cancellationToken);
        var held = work ? DataFolderLock.TryTake(setup.DataFolder) : null;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new WarningsOnScreen(screen)).SetMinimumLevel(LogLevel.Warning));
        setup.AddTo(services, new(SingleProcess: held is not null) { Pump = held is not null }, new SqliteOptions { CacheKilobytes = 8_192 });
        services.AddSingleton<SystemReader>().AddSingleton<RecordPages>().AddSingleton<PlanPages>().AddSingleton<RequestReader>().AddSingleton<RecordNames>();
        var session = new HubSession(services.BuildServiceProvider(), held);
        await session.StartAsync(cancellationToken);
        return session;
    }

    /// <summary>The configured system of this name, or all of them in order when none is named.</summary>
    public IReadOnlyList<SystemId> Systems(string? name) => name is null ? Model.Order : [System(name)];

    public SystemId System(string name) => Model.Systems.ContainsKey(new(name))
        ? new SystemId(name)
        : throw new NotFoundException($"There is no system '{name}' in the configuration. It has: {string.Join(", ", Model.Order)}.");

    public async ValueTask DisposeAsync()
    {
        if (Pumps)
        {
            await Get<QueuePump>().StopAsync(CancellationToken.None);
            await Get<LeaseKeeper>().ReleaseAllAsync(CancellationToken.None);
        }
        await services.DisposeAsync();
        held?.Dispose();
    }

    /// <summary>Wakes every drainer: what an earlier process left in the outbox goes on.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Pumps)
            return;
        await Get<QueuePump>().StartAsync(cancellationToken);
        foreach (var system in Model.Order)
            for (var shard = 0; shard < Model.Shards; shard++)
                await Get<PushSignals>().WakeAsync(system, shard, cancellationToken);
    }
}
