using System.Diagnostics;
using StackHub.Cli.Checking;
using StackHub.Cli.Demo.Vendors;
using StackHub.Cli.Hosting;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sync.Actions;
using StackHub.Sync.Conflicts;
using StackHub.Sync.Outbox;
using StackHub.Sync.Runs;

namespace StackHub.Cli.Demo;

/// <summary>What the demo tells the person who watches, as it goes.</summary>
public interface IDemoScreen
{
    void Say(string line);

    /// <summary>Progress of one system in the running phase; a total of null is not known yet.</summary>
    void Progress(string phase, string system, long done, long? total);

    void PhaseDone();
}

/// <summary>
/// The whole story in one process: simulated vendors, a hub, full reads, an approved plan, the first sync, live edits, leads, a check by an
/// independent reader, and a second sync that has nothing to do.
/// </summary>
public sealed class DemoRun(SandboxServer sandbox, DemoHub hub, IDemoScreen screen)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly HubModel model = hub.Get<HubModel>();

    public static async Task<(SandboxServer Sandbox, DemoHub Hub)> StartAsync(int people, int seed, bool leads, string dataFolder, int? port, IDemoScreen screen, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { People = people, Seed = seed }.Grant(), cancellationToken);
        screen.Say($"Sandbox: {string.Join(", ", sandbox.Vendors.Select(vendor => $"{vendor.Name} at {vendor.BaseUrl}"))} ({people:N0} people, {watch.Elapsed.TotalSeconds:0.0} s)");
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort.Find()}/");
        var setup = await HubSetup.LoadAsync(new("demo.yaml", dataFolder, leads ? DemoConfiguration.WithLeads(sandbox, address) : DemoConfiguration.For(sandbox, address)), cancellationToken);
        var hub = await DemoHub.StartAsync(setup, address, cancellationToken);
        screen.Say($"Hub: {address} on SQLite in {dataFolder}");
        return (sandbox, hub);
    }

    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var readers = DemoVendors.Readers(sandbox);
        await PrepareAsync(cancellationToken);
        var before = new Dictionary<string, HashSet<string>>();
        foreach (var reader in readers)
            before[reader.System] = await SyncCheck.IdsAsync(reader, cancellationToken);
        await BackfillAsync(cancellationToken);
        DemoConfiguration.SendWebhooks(sandbox, hub.Address);
        var least = await ApproveAsync(cancellationToken);
        var seconds = await FirstSyncAsync(cancellationToken);
        var synced = Counts();
        var edits = await new DemoEdits(sandbox, hub).RunAsync(screen, cancellationToken);
        var leads = model.Routing is null ? [] : await new DemoLeads(sandbox, hub).RunAsync(screen, cancellationToken);
        await QuietAsync(cancellationToken);
        var after = Counts();
        var checks = await new SyncCheck(model, hub.Get<RecordStore>(), hub.Get<Redirects>()).RunAsync(readers, before, cancellationToken);
        var routed = model.Routing is not { } plan ? new([], [], []) : await new LeadCheck(hub, plan, sandbox.Salesforce).RunAsync(leads, cancellationToken);
        var second = await SecondSyncAsync(cancellationToken);
        var rows = model.Order.Select(system => new DemoRow(system.Name)
        {
            RecordsBefore = before[system.Name].Count,
            RecordsAfter = checks.First(check => check.System == system.Name).Records,
            Created = after[system].Created,
            Updated = after[system].Updated,
            Unchanged = before[system.Name].Count - least[system].Updates,
            Refused = after[system].Refused,
            WriteCalls = synced[system].WriteCalls,
            LeastWriteCalls = least[system].Calls,
            AllCalls = after[system].AllCalls,
            Seconds = seconds[system],
            Violations = DemoConfiguration.VendorOf(sandbox, system.Name).Stats.Violations.Count,
        }).ToArray();
        return await SummariseAsync(new(rows, edits, checks) { Leads = routed, SecondSyncWrites = second, OutboxLeft = await OutboxAsync(cancellationToken), Seconds = watch.Elapsed.TotalSeconds }, before, cancellationToken);
    }

    /// <summary>Custom fields the connectors need are made first; what is still wrong then is told.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var connector in hub.Get<ConnectorSet>().All)
        {
            if (connector is IVendorSetup setup)
                await setup.EnsureCustomFieldsAsync(cancellationToken);
            foreach (var problem in await connector.CheckAsync(cancellationToken))
                screen.Say($"{connector.System}: {problem}");
        }
    }

    private async Task BackfillAsync(CancellationToken cancellationToken)
    {
        var backfill = hub.Get<Backfill>();
        var counts = sandbox.Vendors.ToDictionary(vendor => vendor.Name, vendor => vendor.Counts);
        await Task.WhenAll(model.Order.Select(system => Task.Run(async () =>
        {
            var objects = model.Systems[system].Objects;
            var total = objects.Sum(type => (long)counts[system.Name].GetValueOrDefault(type.ObjectType));
            var done = new Dictionary<string, long>();
            var progress = new SyncProgress<BackfillReport>(report =>
            {
                done[report.ObjectType] = report.Records;
                screen.Progress("Reading", system.Name, done.Values.Sum(), total);
            });
            await backfill.RunAsync(system, restart: false, progress, cancellationToken);
            screen.Progress("Reading", system.Name, done.Values.Sum(), done.Values.Sum());
        }, cancellationToken)));
        await QuietMatchesAsync(cancellationToken);
        screen.PhaseDone();
    }

    private async Task<IReadOnlyDictionary<SystemId, PlanCount>> ApproveAsync(CancellationToken cancellationToken)
    {
        var least = new Dictionary<SystemId, PlanCount>();
        foreach (var system in model.Order)
        {
            var plan = (await hub.Get<OperatorActions>().ApproveAsync(system, cancellationToken))!;
            least[system] = plan;
            screen.Say($"Plan for {system}: create {plan.Creates:N0}, update {plan.Updates:N0} ({plan.Fields:N0} fields, {plan.Overwrites:N0} non-empty values replaced), at least {plan.Calls:N0} calls. Approved.");
        }
        return least;
    }

    private async Task<IReadOnlyDictionary<SystemId, double>> FirstSyncAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await hub.Get<Reconcile>().RunAsync(null, cancellationToken);
        var seconds = new Dictionary<SystemId, double>();
        var totals = new Dictionary<SystemId, long>();
        foreach (var system in model.Order)
            totals[system] = await hub.Get<OutboxStore>().CountAsync(system, cancellationToken);
        while (seconds.Count < model.Order.Length && watch.Elapsed < Patience)
        {
            foreach (var system in model.Order.Where(system => !seconds.ContainsKey(system)))
            {
                var left = await hub.Get<OutboxStore>().CountAsync(system, cancellationToken);
                screen.Progress("Writing", system.Name, Math.Max(0, totals[system] - left), totals[system]);
                if (left == 0)
                    seconds[system] = watch.Elapsed.TotalSeconds;
            }
            await Task.Delay(50, cancellationToken);
        }
        foreach (var system in model.Order)
            seconds.TryAdd(system, watch.Elapsed.TotalSeconds);
        screen.PhaseDone();
        await QuietAsync(cancellationToken);
        return seconds;
    }

    /// <summary>Everything said, matched and written: no webhook, message or outbox row waits.</summary>
    private async Task QuietAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        for (var still = 0; still < 5 && watch.Elapsed < Patience;)
        {
            var waiting = sandbox.Vendors.Sum(vendor => vendor.WebhooksWaiting) + await OutboxAsync(cancellationToken) + await MessagesAsync(cancellationToken);
            still = waiting == 0 ? still + 1 : 0;
            await Task.Delay(50, cancellationToken);
        }
    }

    private async Task QuietMatchesAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (await MessagesAsync(cancellationToken) > 0 && watch.Elapsed < Patience)
            await Task.Delay(50, cancellationToken);
    }

    /// <summary>Wake-ups for later are not work; the outbox is counted for itself.</summary>
    private async Task<int> MessagesAsync(CancellationToken cancellationToken)
    {
        var waiting = 0;
        foreach (var queue in (string[])[Storage.Queues.Inbound, Storage.Queues.Match, Storage.Queues.Lifecycle, Storage.Queues.Routing])
            waiting += await hub.Get<Storage.IMessageQueue>().CountAsync(queue, cancellationToken);
        return waiting;
    }

    private async Task<int> OutboxAsync(CancellationToken cancellationToken)
    {
        var rows = 0;
        foreach (var system in model.Order)
            rows += await hub.Get<OutboxStore>().CountAsync(system, cancellationToken);
        return rows;
    }

    /// <summary>The records written by a sync that finds nothing to do: must be none.</summary>
    private async Task<long> SecondSyncAsync(CancellationToken cancellationToken)
    {
        var before = Counts().Values.Sum(count => count.Created + count.Updated);
        await hub.Get<Reconcile>().RunAsync(null, cancellationToken);
        await QuietAsync(cancellationToken);
        return Counts().Values.Sum(count => count.Created + count.Updated) - before;
    }

    private Dictionary<SystemId, (long Created, long Updated, long Refused, long WriteCalls, long AllCalls)> Counts() => model.Order.ToDictionary(system => system, system =>
    {
        var counts = hub.Get<SystemCounters>().Of(system);
        var stats = DemoConfiguration.VendorOf(sandbox, system.Name).Stats;
        return (counts.Created, counts.Updated, counts.Refused, stats.Operations.Where(operation => IsWrite(operation.Operation)).Sum(operation => operation.Calls), stats.Operations.Sum(operation => operation.Calls));
    });

    private static bool IsWrite(string operation) =>
        operation.Contains("upsert", StringComparison.OrdinalIgnoreCase) || operation.Contains("update", StringComparison.OrdinalIgnoreCase) || operation.EndsWith(".create", StringComparison.OrdinalIgnoreCase)
        || operation.EndsWith("batchCreate", StringComparison.OrdinalIgnoreCase);

    private async Task<DemoReport> SummariseAsync(DemoReport report, Dictionary<string, HashSet<string>> before, CancellationToken cancellationToken)
    {
        var kinds = new Dictionary<RecordKind, int>();
        var merged = new Dictionary<string, int>();
        var systems = new Dictionary<RecordId, string[]>();
        string? next = null;
        do
        {
            (var page, next) = await hub.Get<RecordStore>().ScanAsync(next, 500, cancellationToken);
            foreach (var record in page.Where(record => record.MergedInto is null))
            {
                kinds[record.Kind] = kinds.GetValueOrDefault(record.Kind) + 1;
                systems[record.Id] = [.. record.Links.Where(link => link.Active).Select(link => link.Ref.System.Name).Distinct()];
                foreach (var link in record.Links.Where(link => before.GetValueOrDefault(link.Ref.System.Name)?.Contains($"{link.Ref.ObjectType}/{link.Ref.Id}") == true).Skip(1))
                    merged[link.Ref.System.Name] = merged.GetValueOrDefault(link.Ref.System.Name) + 1;
            }
        }
        while (next is not null);
        var conflicts = await OpenConflictsAsync(cancellationToken);
        return report with
        {
            People = kinds.GetValueOrDefault(RecordKind.Person),
            Accounts = kinds.GetValueOrDefault(RecordKind.Account),
            Opportunities = kinds.GetValueOrDefault(RecordKind.Opportunity),
            OpenConflicts = conflicts.Count,
            Rows = [.. report.Rows.Select(row => row with
            {
                MergedIdentities = merged.GetValueOrDefault(row.System),
                Conflicts = conflicts.Count(conflict => systems.GetValueOrDefault(conflict.Record, []).Contains(row.System)),
            })],
        };
    }

    private async Task<IReadOnlyList<Conflict>> OpenConflictsAsync(CancellationToken cancellationToken)
    {
        var open = new List<Conflict>();
        string? next = null;
        do
        {
            (var page, next) = await hub.Get<ConflictStore>().ListAsync(next, 500, cancellationToken);
            open.AddRange(page.Where(conflict => conflict.Open));
        }
        while (next is not null);
        return open;
    }
}
