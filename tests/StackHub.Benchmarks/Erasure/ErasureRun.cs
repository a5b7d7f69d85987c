using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Cli.Hosting;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Sqlite;
using StackHub.Storage;
using StackHub.Sync.Runs;
using StackHub.Triggers;

namespace StackHub.Benchmarks.Erasure;

/// <summary>A hub on the embedded store that erases so many people from six vendors, one request each; its queues are pumped and its days passed by hand.</summary>
internal static class ErasureRun
{
    private const int Workers = 2;
    private const int MostDays = 60;

    /// <summary>As the hub reckons unless told otherwise.</summary>
    private const int CellsEach = 40;
    private static readonly TimeSpan Step = TimeSpan.FromHours(12);
    private static readonly long Began = Stopwatch.GetTimestamp();

    /// <summary>Prints what was measured, one "name value" a line.</summary>
    public static async Task<int> ServeAsync(Options options)
    {
        var people = options.Int("people", 100);
        using var vendors = await VendorProcess.StartAsync(people);
        var (folder, time) = (Directory.CreateTempSubdirectory("stackhub-erasure-").FullName, new MovedTime());
        await using var hub = await HubAsync(vendors.Configuration, folder, time, options.Int("cached", people));
        await ReadEverybodyAsync(hub);
        var before = await vendors.JumpAsync(TimeSpan.Zero);
        Say("memory-read", Environment.WorkingSet / 1e6);
        Tell("all are read in");
        using var process = Process.GetCurrentProcess();
        var (started, worked) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        var ids = await ApproveAsync(hub, people);
        var after = await PassAsync(hub, vendors, time, ids);
        process.Refresh();
        Say("seconds", Stopwatch.GetElapsedTime(started).TotalSeconds);
        Say("cpu", (process.TotalProcessorTime - worked).TotalSeconds);
        Say("memory-peak", process.PeakWorkingSet64 / 1e6);
        foreach (var vendor in after.GroupBy(call => call.Key.Vendor))
            Say($"calls-{vendor.Key}", vendor.Sum(call => call.Value - before.GetValueOrDefault(call.Key)));
        foreach (var (key, calls) in after)
            if (calls - before.GetValueOrDefault(key) is > 0 and var made)
                Say($"{key.Vendor}|{key.Operation}", made);
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static void Say(string name, double value) => Console.WriteLine($"{name} {value.ToString("0.###", CultureInfo.InvariantCulture)}");

    /// <summary>How far it is, and what the process holds: how much of it is in use can be told from what the collector has not taken back.</summary>
    private static void Tell(string what)
    {
        var collected = GC.GetGCMemoryInfo(GCKind.Any);
        Console.Error.WriteLine($"  {Stopwatch.GetElapsedTime(Began).TotalSeconds:0} s {what}; {Environment.WorkingSet / 1e6:0} MB, of it {collected.TotalCommittedBytes / 1e6:0} the collector's, {GC.GetTotalMemory(forceFullCollection: true) / 1e6:0} in use");
    }

    private static async Task<ServiceProvider> HubAsync(string configuration, string folder, MovedTime time, int cached)
    {
        var setup = await HubSetup.LoadAsync(new("erasure.yaml", folder, configuration), CancellationToken.None);
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error)).AddSingleton<TimeProvider>(time);
        setup.AddTo(services, new HubRunOptions(SingleProcess: true) { CachedRecords = cached, CachedCells = cached * CellsEach }, new SqliteOptions { Durability = Durability.ProcessCrash });
        var hub = services.BuildServiceProvider();
        foreach (var connector in hub.GetRequiredService<ConnectorSet>().All)
        {
            if (connector is IVendorSetup vendor)
                await vendor.EnsureCustomFieldsAsync(CancellationToken.None);
            hub.GetRequiredService<VendorBudget>().Limit(connector.System, []);
        }
        return hub;
    }

    /// <summary>What is in the tools becomes the hub's people; nothing is written anywhere.</summary>
    private static async Task ReadEverybodyAsync(ServiceProvider hub)
    {
        foreach (var system in hub.GetRequiredService<HubModel>().Order)
        {
            await hub.GetRequiredService<Backfill>().RunAsync(system, restart: false, null, CancellationToken.None);
            await PumpAsync(hub);
        }
    }

    private static async Task<IReadOnlyList<RequestId>> ApproveAsync(ServiceProvider hub, int people)
    {
        var (submit, desk, store, ids) = (hub.GetRequiredService<SubmitPrivacyRequest>(), hub.GetRequiredService<RequestDesk>(), hub.GetRequiredService<PrivacyStore>(), new List<RequestId>());
        for (var number = 0; number < people; number++)
        {
            var email = ErasureVendors.Email(number);
            ids.AddRange(((SubmitAnswer.Taken)await submit.HandleAsync(new([PrivacyRequestKind.Erasure], new() { Emails = [email] }, "public", email), CancellationToken.None)).Requests);
            await desk.VerifyAsync(ids[^1], "code", "confirmed by code", CancellationToken.None);
        }
        Tell("all are filed");
        await PumpAsync(hub);
        Tell("all are planned");
        foreach (var id in ids)
        {
            var plan = (await store.FindAsync(id, CancellationToken.None))!.Plan!;
            if (plan.Systems.Count != 6)
                throw new InvalidOperationException($"A plan has {plan.Systems.Count} systems instead of 6.");
            foreach (var officer in (string[])["olga", "omar"])
                await desk.ApproveAsync(id, officer, plan.Fingerprint, CancellationToken.None);
        }
        Tell("all are approved");
        await PumpAsync(hub);
        Tell("all are begun");
        return ids;
    }

    private static async Task<IReadOnlyDictionary<(string Vendor, string Operation), long>> PassAsync(ServiceProvider hub, VendorProcess vendors, MovedTime time, IReadOnlyList<RequestId> ids)
    {
        var (store, open) = (hub.GetRequiredService<PrivacyStore>(), ids.Count);
        for (var passed = TimeSpan.Zero; open > 0; passed += Step)
        {
            if (passed.TotalDays > MostDays)
                throw new InvalidOperationException($"{open} requests are not complete after {MostDays} days.");
            time.Jump(Step);
            await vendors.JumpAsync(Step);
            await PumpAsync(hub);
            open = (await store.OpenAsync(CancellationToken.None)).Count;
            Tell($"day {passed.TotalDays + 0.5:0.0}: {open} open");
        }
        foreach (var id in ids)
            if ((await store.FindAsync(id, CancellationToken.None))!.State != PrivacyRequestState.Complete)
                throw new InvalidOperationException("A request is closed and not complete.");
        return await vendors.JumpAsync(TimeSpan.Zero);
    }

    private static Task PumpAsync(ServiceProvider hub) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
    {
        var (pump, handlers) = (hub.GetRequiredService<QueuePump>(), hub.GetServices<IQueueHandler>().Where(handler => handler.Queue is Queues.Inbound or Queues.Match or Queues.Privacy).ToArray());
        for (var taken = 1; taken > 0;)
        {
            taken = 0;
            foreach (var handler in handlers)
                taken += await pump.PumpOnceAsync(handler, CancellationToken.None);
        }
    })));
}
