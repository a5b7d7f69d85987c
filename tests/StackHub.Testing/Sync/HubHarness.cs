using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Lifecycle;
using StackHub.Mapping;
using StackHub.Permissions;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync;
using StackHub.Sync.Actions;
using StackHub.Sync.Apply;
using StackHub.Sync.Runs;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;
using StackHub.Triggers;

namespace StackHub.Testing.Sync;

/// <summary>
/// A hub over the in-memory store and fake systems, stepped by hand. <see cref="Restart"/> drops everything the process knew, as a
/// crash does, and keeps the store.
/// </summary>
public sealed class HubHarness : IAsyncDisposable
{
    private readonly HubModel model;
    private readonly Action<IServiceCollection> flows;
    private ServiceProvider services = null!;

    public HubHarness(IReadOnlyList<FakeSystem> systems, TimeProvider time, Func<SystemModel, SystemModel>? configure = null, IReadOnlyDictionary<string, FieldPolicy>? policies = null, FightOptions? fights = null, Action<IServiceCollection>? flows = null, HubModel? model = null, LifecyclePlan? lifecycle = null, PurposeSet? purposes = null)
    {
        this.flows = flows ?? (_ => { });
        Systems = systems;
        Time = time;
        Tables = new();
        Queue = new(time);
        Blobs = new();
        var fields = Fields(policies ?? ImmutableDictionary<string, FieldPolicy>.Empty);
        this.model = model ?? new(systems.Select(system => Model(system, fields)).Select(configure ?? (system => system)), fields.ToDictionary(entry => entry.Key, entry => entry.Value.Values))
        {
            Fights = fights ?? FightOptions.Default,
            Lifecycle = lifecycle,
            Privacy = PrivacySettings.Default with { Purposes = purposes ?? PurposeSet.None },
        };
        Restart();
    }

    public IReadOnlyList<FakeSystem> Systems { get; }

    public TimeProvider Time { get; }

    /// <summary>What the store was asked for, as it would be billed.</summary>
    public OperationCounts Operations { get; } = new();

    public InMemoryTables Tables { get; }

    public InMemoryQueue Queue { get; }

    public InMemoryBlobs Blobs { get; }

    public IEnumerable<IQueueHandler> Handlers => services.GetServices<IQueueHandler>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public static FrozenDictionary<RecordKind, FrozenDictionary<string, FieldDefinition>> Fields(IReadOnlyDictionary<string, FieldPolicy> policies) =>
        FakeSystem.FakeInfo.DefaultMaps.ToFrozenDictionary(map => map.Kind, map => map.Fields
            .Where(field => field.Field != FieldDefinition.HubId)
            .Select(field => new FieldDefinition(field.Field, field.Type) { Policy = policies.GetValueOrDefault(field.Field, Default(field.Field)) })
            .ToFrozenDictionary(field => field.Name));

    public void Restart(string? owner = null)
    {
        services?.Dispose();
        services = Build(owner ?? "harness");
    }

    /// <summary>A second process over the same store and systems.</summary>
    public ServiceProvider Build(string owner)
    {
        var collection = new ServiceCollection()
            .AddSingleton(Time)
            .AddSingleton<ITableStore>(new CountingTableStore(Tables, Operations))
            .AddSingleton<IMessageQueue>(new CountingQueue(Queue, Operations))
            .AddSingleton<IBlobStore>(new CountingBlobs(Blobs, Operations))
            .AddSingleton(model)
            .AddSingleton(new HubKeys(new byte[32]))
            .AddStackHub(new(SingleProcess: false) { Owner = owner })
            .AddSingleton(new ConnectorSet(Systems));
        flows(collection);
        return collection.BuildServiceProvider();
    }

    /// <summary>Reads every system and approves it.</summary>
    public async Task OnboardAsync()
    {
        foreach (var system in Systems)
            await Get<Backfill>().RunAsync(system.System, restart: false, null, CancellationToken.None);
        foreach (var system in Systems)
            await Get<OperatorActions>().ApproveAsync(system.System, CancellationToken.None);
        await Get<Reconcile>().RunAsync(null, CancellationToken.None);
    }

    public Task<ApplyReport> TellAsync(FakeSystem system, params IReadOnlyList<Change> changes) =>
        Get<ChangeApplier>().ApplyAsync(system.System, changes, new(Lane.Interactive, Emit: true), CancellationToken.None);

    /// <summary>Hands over all edits that were not told yet.</summary>
    public async Task TellAllAsync()
    {
        foreach (var system in Systems)
        {
            var edits = system.Edits.ToArray();
            system.Edits.Clear();
            await TellAsync(system, edits);
        }
    }

    /// <summary>Handles messages until none is left that is visible.</summary>
    public async Task PumpAsync(int rounds = 200)
    {
        var pump = Get<QueuePump>();
        for (var round = 0; round < rounds; round++)
        {
            var handled = 0;
            foreach (var handler in Handlers)
                handled += await pump.PumpOnceAsync(handler, CancellationToken.None);
            if (handled == 0)
                return;
        }
    }

    /// <summary>Tells and pumps until nothing moves any more.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 50; round++)
        {
            await TellAllAsync();
            await PumpAsync();
            if (Systems.All(system => system.Edits.Count == 0) && await Queue.CountAsync(Queues.Push, CancellationToken.None) == 0 && await Queue.CountAsync(Queues.Match, CancellationToken.None) == 0)
                return;
            (Time as AdjustableTime)?.Advance(TimeSpan.FromSeconds(40));
        }
        throw new InvalidOperationException("The hub did not settle.");
    }

    public async Task<IReadOnlyList<HubRecord>> RecordsAsync()
    {
        var all = new List<HubRecord>();
        string? next = null;
        do
        {
            (var page, next) = await Get<RecordStore>().ScanAsync(next, 500, CancellationToken.None);
            all.AddRange(page);
        }
        while (next is not null);
        return all;
    }

    public async ValueTask DisposeAsync() => await services.DisposeAsync();

    private static FieldPolicy Default(string field) => field switch
    {
        "emailOptOut" => new(PolicyKind.MostRestrictive, []),
        "email" or "lastName" or "name" or "domain" => new(PolicyKind.MostRecent, [], BlankNeverWins: true),
        _ => new(PolicyKind.MostRecent, [], BlankNeverWins: false),
    };

    private static SystemModel Model(FakeSystem system, FrozenDictionary<RecordKind, FrozenDictionary<string, FieldDefinition>> fields) =>
        new(system.System, system.Info, system.Info.DefaultMaps.Select(map => new CompiledMap(map, fields[map.Kind])))
        {
            Creates = new Dictionary<RecordKind, string> { [RecordKind.Account] = "companies", [RecordKind.Person] = "people" }.ToFrozenDictionary(),
        };
}
