using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using StackHub.AzureStorage;
using StackHub.Cli.Checking;
using StackHub.Cli.Demo;
using StackHub.Cli.Demo.Vendors;
using StackHub.Cloud;
using StackHub.Configuration;
using StackHub.Hosting;
using StackHub.Sandbox;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync.Outbox;
using StackHub.Testing.Azurite;
using StackHub.Testing.FunctionsHost;

namespace StackHub.Functions.Tests.Staging;

/// <summary>
/// The simulated vendors, a storage account of their own, Functions hosts with the real executable, and a hub in the test's process that
/// only looks.
/// </summary>
internal sealed partial class CloudStage : IAsyncDisposable
{
    /// <summary>How long a test waits before it says what is stuck; nothing is measured by it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The main job's; one that is about a process needs no more.</summary>
    public static readonly IReadOnlyCollection<string> Three = ["salesforce", "hubspot", "intercom"];

    private readonly IReadOnlyCollection<string> tools;
    private readonly Dictionary<string, string> settings;
    private readonly List<FakeFunctionsHost> hosts = [];
    private readonly IReadOnlyList<IRawReader> readers;
    private readonly ServiceProvider observer;
    private readonly string configPath;
    private readonly HttpClient http;

    private CloudStage(SandboxServer sandbox, Uri address, ServiceProvider observer, Dictionary<string, string> settings, string configPath, string apiKey, IReadOnlyCollection<string> tools)
    {
        this.tools = tools;
        (Sandbox, Address, this.observer, this.settings, this.configPath) = (sandbox, address, observer, settings, configPath);
        readers = DemoVendors.Readers(sandbox, tools);
        http = new() { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public SandboxServer Sandbox { get; }

    public Uri Address { get; }

    /// <summary>The name of the storage account.</summary>
    public string Account => settings[CloudSettings.Storage].Split("AccountName=")[1].Split(';')[0];

    public FakeFunctionsHost Host => hosts[0];

    public HubModel Model => Get<HubModel>();

    public IMessageQueue Queue => Get<IMessageQueue>();

    /// <summary>Ids that were in each tool before the hub came.</summary>
    public Dictionary<string, HashSet<string>> Before { get; } = [];

    public T Get<T>()
        where T : notnull => observer.GetRequiredService<T>();

    /// <param name="people">How many the vendors start with.</param>
    public static Task<CloudStage> StartAsync(AzuriteServer azurite, int people = 20) => StartAsync(azurite, people, Three);

    public static async Task<CloudStage> StartAsync(AzuriteServer azurite, int people, IReadOnlyCollection<string> tools)
    {
        var account = azurite.EmptyAccount();
        var grace = TimeSpan.FromSeconds(1);
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions
        {
            People = people,
            Seed = 7,
            Salesforce = new() { RetryAfterGrace = grace },
            HubSpot = new() { RetryAfterGrace = grace },
            Intercom = new() { RetryAfterGrace = grace, ScrollLife = TimeSpan.FromMilliseconds(300) },
        }.Grant(), Token);
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        var configPath = Path.Combine(Directory.CreateTempSubdirectory("stackhub-functions-").FullName, "stackhub.yaml");
        await File.WriteAllTextAsync(configPath, DemoConfiguration.For(sandbox, address, tools), Token);
        var key = RandomNumberGenerator.GetBytes(32);
        var services = new ServiceCollection();
        (await HubComposition.LoadAsync(configPath, null, Token)).AddTo(services.AddAzureStorage(new() { ConnectionString = account }), new HubKeys(key), new(SingleProcess: false) { Pump = false });
        var observer = services.BuildServiceProvider();
        var apiKey = (await observer.GetRequiredService<ApiKeyStore>().CreateAsync("test", [Role.Operator, Role.Approver], Token)).Secret;
        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = account,
            [CloudSettings.Storage] = account,
            [CloudSettings.Configuration] = configPath,
            [HubKeyVariable.Name] = Convert.ToBase64String(key),
            ["AzureFunctionsJobHost__extensions__queues__maxPollingInterval"] = "00:00:00.3",
            ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:01",
        };
        var stage = new CloudStage(sandbox, address, observer, settings, configPath, apiKey, tools);
        foreach (var reader in stage.readers)
            stage.Before[reader.System] = await SyncCheck.IdsAsync(reader, Token);
        foreach (var vendor in sandbox.Vendors)
            vendor.Stats.Clear();
        return stage;
    }

    /// <summary>Another instance; the first has the public address.</summary>
    public async Task<FakeFunctionsHost> StartHostAsync(TimeSpan? lease = null, params (string Name, string Value)[] more)
    {
        var own = new Dictionary<string, string>(settings);
        foreach (var (name, value) in more)
            own[name] = value;
        var address = hosts.Count == 0 ? Address : new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        hosts.Add(await FakeFunctionsHost.StartAsync(new(AppFolder.Built, own) { Lease = lease ?? TimeSpan.FromMinutes(10) }, address, Token));
        return hosts[^1];
    }

    public async Task StopHostAsync()
    {
        await hosts[^1].DisposeAsync();
        hosts.RemoveAt(hosts.Count - 1);
    }

    public async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited in vain for {what}: {await StuckAsync()}");
            await Task.Delay(50, Token);
        }
    }

    /// <summary>Nothing is on its way any more: no webhook, no message, no outbox row.</summary>
    public Task QuietAsync()
    {
        var still = 0;
        return UntilAsync("quiet", async () =>
        {
            var waiting = Sandbox.Vendors.Sum(vendor => vendor.WebhooksWaiting) + await MessagesAsync() + await OutboxAsync();
            still = waiting == 0 ? still + 1 : 0;
            return still == 5;
        });
    }

    public async Task<int> OutboxAsync()
    {
        var rows = 0;
        foreach (var system in Model.Order)
            rows += await Get<OutboxStore>().CountAsync(system, Token);
        return rows;
    }

    /// <summary>Wake-ups for later are not work; the outbox is counted for itself.</summary>
    public async Task<int> MessagesAsync() => await Queue.CountAsync(Queues.Inbound, Token) + await Queue.CountAsync(Queues.Match, Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
        http.Dispose();
        await observer.DisposeAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(configPath)!, recursive: true);
    }

    private async Task<string> StuckAsync() => $"outbox {await OutboxAsync()}, messages {await MessagesAsync()}, webhooks {Sandbox.Vendors.Sum(vendor => vendor.WebhooksWaiting)}\n{string.Join('\n', hosts.Select(host => host.Log))}";
}
