using System.Diagnostics;
using StackHub.Cli.Checking;
using StackHub.Cli.Demo;
using StackHub.Cli.Demo.Vendors;
using StackHub.Cli.Hosting;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo;
using StackHub.Sandbox.Vendors.Marketo;
using StackHub.Sandbox.Vendors.Zendesk;
using StackHub.Storage;
using StackHub.Sync.Actions;
using StackHub.Sync.Outbox;
using StackHub.Sync.Runs;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>The simulated vendors and the hub between them, and the steps every story has: onboard, sync, fall quiet, be checked.</summary>
public sealed partial class Stage : IAsyncDisposable
{
    /// <summary>How long a test waits before it says what is stuck; nothing is measured by it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly StageOptions options;
    private readonly List<HubHost> hubs = [];
    private readonly IReadOnlyList<IRawReader> readers;

    private Stage(StageOptions options, SandboxServer sandbox, ShiftedTime time)
    {
        this.options = options;
        (Sandbox, Time) = (sandbox, time);
        Address = new($"http://127.0.0.1:{FreePort.Find()}/");
        ConfigText = options.Configuration(DemoConfiguration.For(sandbox, Address));
        readers = DemoVendors.Readers(sandbox);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public SandboxServer Sandbox { get; }

    public ShiftedTime Time { get; }

    public LogBook Log { get; } = new();

    public Uri Address { get; }

    public string ConfigText { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("stackhub-e2e-").FullName;

    public IReadOnlyList<IRawReader> Readers => readers;

    public HubHost Hub => hubs[0];

    public IReadOnlyList<HubHost> Hubs => hubs;

    public HubModel Model => Hub.Get<HubModel>();

    /// <summary>Ids that were in each tool before the hub came.</summary>
    public Dictionary<string, HashSet<string>> Before { get; } = [];

    public static async Task<Stage> StartAsync(StageOptions options)
    {
        var time = new ShiftedTime();
        // Two shared cores may keep a call on its way for longer than the vendors' usual grace.
        var grace = TimeSpan.FromSeconds(1);
        var vendors = options.Vendors(new SandboxOptions
        {
            People = options.People,
            Seed = options.Seed,
            Time = time,
            Salesforce = new() { RetryAfterGrace = grace },
            HubSpot = new() { RetryAfterGrace = grace },
            Intercom = new() { RetryAfterGrace = grace, ScrollLife = grace },
            Others = [new MarketoOptions { RetryAfterGrace = grace }, new KlaviyoOptions { RetryAfterGrace = grace }, new ZendeskOptions { RetryAfterGrace = grace }],
        }.Grant());
        var stage = new Stage(options, await SandboxServer.StartAsync(vendors, Token), time);
        await stage.NoteBeforeAsync();
        // The check's own calls are not the hub's: they are outside every window and in no statistic.
        time.Jump(options.RealTime ? TimeSpan.Zero : TimeSpan.FromMinutes(2));
        foreach (var vendor in stage.Sandbox.Vendors)
            vendor.Stats.Clear();
        for (var hub = 0; hub < options.Hubs; hub++)
            await stage.StartHubAsync();
        return stage;
    }

    public VendorSandbox Vendor(string name) => DemoConfiguration.VendorOf(Sandbox, name);

    public async Task<HubHost> StartHubAsync()
    {
        var address = hubs.Count == 0 ? Address : new Uri($"http://127.0.0.1:{FreePort.Find()}/");
        var setup = await HubSetup.LoadAsync(new("end-to-end.yaml", Folder, ConfigText), Token);
        var run = new HubRunOptions(SingleProcess: options.Hubs < 2) { Owner = $"hub-{hubs.Count}" };
        hubs.Add(await HubHost.StartAsync(setup, address, run, Time, Log, options.Services, Token));
        return hubs[^1];
    }

    public async Task StopHubAsync()
    {
        await hubs[^1].DisposeAsync();
        hubs.RemoveAt(hubs.Count - 1);
    }

    /// <summary>The last hub is dead and is taken away.</summary>
    public async Task BuryHubAsync()
    {
        var dead = hubs[^1];
        hubs.RemoveAt(hubs.Count - 1);
        await dead.BuryAsync();
    }

    /// <summary>Custom fields, full reads, webhooks on, first plans approved; nothing is written yet.</summary>
    public async Task OnboardAsync()
    {
        await ReadEverythingAsync();
        DemoConfiguration.SendWebhooks(Sandbox, Address);
        foreach (var system in Model.Order)
            Assert.NotNull(await Hub.Get<OperatorActions>().ApproveAsync(system, Token));
    }

    /// <summary>Custom fields and full reads: the hub knows everybody, and writes nothing before its first plan is approved.</summary>
    public async Task ReadEverythingAsync()
    {
        foreach (var connector in Hub.Get<ConnectorSet>().All)
            if (connector is IVendorSetup setup)
                await PatientlyAsync(() => setup.EnsureCustomFieldsAsync(Token));
        await Task.WhenAll(Model.Order.Select(system => PatientlyAsync(() => Hub.Get<Backfill>().RunAsync(system, restart: false, null, Token))));
        await UntilAsync("the matches", async () => await MessagesAsync() == 0);
    }

    /// <summary>Past every feed's lag, the feeds tell what no webhook told.</summary>
    public async Task PollLateAsync()
    {
        await QuietAsync();
        Time.Jump(TimeSpan.FromMinutes(3));
        foreach (var system in Model.Order)
            await Hub.Get<Poll>().RunAsync(system, Token);
        await QuietAsync();
    }

    public Task ReconcileAsync() => Hub.Get<Reconcile>().RunAsync(null, Token);

    public async Task SyncAsync()
    {
        await ReconcileAsync();
        await QuietAsync();
    }

    /// <summary>Nothing is on its way any more: no webhook, no message, no outbox row (of the named systems, or of all).</summary>
    public Task QuietAsync(params string[] only)
    {
        var still = 0;
        var systems = Model.Order.Where(system => only.Length == 0 || only.Contains(system.Name)).ToArray();
        return UntilAsync("quiet", async () =>
        {
            var waiting = Sandbox.Vendors.Where(vendor => only.Length == 0 || only.Contains(vendor.Name)).Sum(vendor => vendor.WebhooksWaiting) + await MessagesAsync();
            foreach (var system in systems)
                waiting += await Hub.Get<OutboxStore>().CountAsync(system, Token);
            still = waiting == 0 ? still + 1 : 0;
            return still == 5;
        });
    }

    public async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Waited in vain for {what}: {await StuckAsync()}");
            await Task.Delay(30, Token);
        }
    }

    public async Task<int> OutboxAsync()
    {
        var rows = 0;
        foreach (var system in Model.Order)
            rows += await Hub.Get<OutboxStore>().CountAsync(system, Token);
        return rows;
    }

    /// <summary>A vendor that is not to be had is asked again, as a person at the terminal would.</summary>
    public static async Task PatientlyAsync(Func<Task> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (VendorUnavailableException e) when (attempt < 200)
            {
                await Task.Delay(e.RetryAfter ?? TimeSpan.FromMilliseconds(200), Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in hubs)
            await hub.DisposeAsync();
        await Sandbox.DisposeAsync();
        Log.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What is there now was not made by the hub (or is none of its mistakes).</summary>
    public async Task NoteBeforeAsync()
    {
        foreach (var reader in readers)
            Before[reader.System] = await SyncCheck.IdsAsync(reader, Token);
    }

    private async Task<int> MessagesAsync() =>
        await Hub.Get<IMessageQueue>().CountAsync(Queues.Inbound, Token) + await Hub.Get<IMessageQueue>().CountAsync(Queues.Match, Token);

    private async Task<string> StuckAsync()
    {
        if (hubs.Count == 0)
            return "no hub is here to ask";
        var rows = new List<string>();
        foreach (var system in Model.Order)
        {
            rows.Add($"{system} outbox {await Hub.Get<OutboxStore>().CountAsync(system, Token)}, webhooks {Vendor(system.Name).WebhooksWaiting}");
            for (var shard = 0; shard < Model.Shards; shard++)
                rows.AddRange((await Hub.Get<OutboxStore>().ReadAsync(system, shard, 5, null, Token)).Rows.Select(row => $"{row.Kind} {row.Record} tried {row.Attempts} times, due {row.DueAt - Time.GetUtcNow()}"));
        }
        return $"{string.Join("; ", rows)}; messages {await MessagesAsync()}\n{Log.Warnings}";
    }
}
