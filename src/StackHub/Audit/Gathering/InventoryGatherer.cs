using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Connecting;
using StackHub.Flows;

namespace StackHub.Audit.Gathering;

/// <summary>Puts the inventory together: lists first, since the first that says something is believed, then the hub's own systems, vendors, records and traffic.</summary>
public sealed class InventoryGatherer(AuditPlan plan, IToolCatalogue catalogue, InventoryImport import, ImportSnapshots snapshots, HubSystems systems, RecordCensus census, TrafficMeter meter, TrafficStore traffic, ErasureDrills drills, IntegrationGauge gauge, ILogger<InventoryGatherer> logger)
{
    private const int TrafficDays = 90;
    private readonly Dictionary<string, string> rejected = new(StringComparer.Ordinal);

    /// <summary>Takes the configured files as they are now; what is garbage leaves the snapshot before it in use.</summary>
    public async Task<IReadOnlyList<ImportReport>> ImportAsync(CancellationToken cancellationToken)
    {
        var reports = new List<ImportReport>();
        foreach (var file in plan.Files)
        {
            var report = await ImportAsync(file, cancellationToken);
            rejected.Remove(file.Name);
            if (report.Rejected is { } reason)
            {
                rejected[file.Name] = reason;
                logger.NotTaken(file.Name, reason);
            }

            reports.Add(report);
        }

        return reports;
    }

    public async Task<StackInventory> GatherAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var today = LocalDate.FromDateTime(at.UtcDateTime);
        var draft = new InventoryDraft(catalogue, today);
        var sources = await ReadListsAsync(draft, cancellationToken);
        await systems.AddAsync(draft, cancellationToken);
        var counted = await census.CountAsync(at, cancellationToken);
        var moved = await MovedAsync(today, cancellationToken);
        var measured = await gauge.MeasureAsync(moved.ErrorRates, cancellationToken);
        foreach (var tool in draft.Tools)
            foreach (var system in measured.Where(system => tool.HasSystem(system.Key)))
                tool.Integration = ToolIntegration.Worst(tool.Integration, system.Value);
        Drilled.Add(draft.Tools, await drills.ListAsync(cancellationToken));
        var tools = draft.Build();
        var toolOf = tools.SelectMany(tool => tool.Systems, (tool, system) => (tool.Id, system)).DistinctBy(one => one.system).ToDictionary(one => one.system, one => one.Id, StringComparer.Ordinal);
        return new(at, today)
        {
            Tools = tools,
            Usage = draft.Usage.Build(),
            Leavers = draft.Leavers(),
            Assets = [.. systems.Assets(draft)],
            Traffic = [.. moved.Days.Where(day => toolOf.ContainsKey(day.System)).Select(day => new TrafficDay(toolOf[day.System], day.Day, day.Received, day.Written, day.Refused) { Values = day.Values })],
            TrafficSince = moved.Since,
            Fields = [.. counted.Fields.Where(field => toolOf.ContainsKey(field.System)).Select(field => new FieldTraffic(toolOf[field.System], field.Kind, field.Field, field.Direction, field.Values) { Personal = field.Personal })],
            Records = counted.People.Where(entry => toolOf.ContainsKey(entry.Key)).DistinctBy(entry => toolOf[entry.Key]).ToFrozenDictionary(entry => toolOf[entry.Key], entry => entry.Value),
            UnknownOrigins = moved.Origins,
            IntentionalPairs = [.. plan.IntentionalPairs.Select(pair => pair with { First = draft.IdOf(pair.First.Text), Second = draft.IdOf(pair.Second.Text) })],
            Purposes = plan.Purposes,
            Rarity = catalogue.Rarity == CapabilityRarity.Even ? CapabilityRarity.Of(tools.Select(tool => tool.Activated)) : catalogue.Rarity,
            Sources = sources,
        };
    }

    private async Task<ImportReport> ImportAsync(InventoryFile file, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = File.OpenRead(file.Path);
            return await import.ImportAsync(file.Name, file.Kind, content, file.Columns, force: false, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(file.Name, file.Kind, 0, 0, "It cannot be opened: see that it is there and may be read.");
        }
    }

    private async Task<ImmutableArray<SourceHealth>> ReadListsAsync(InventoryDraft draft, CancellationToken cancellationToken)
    {
        var health = ImmutableArray.CreateBuilder<SourceHealth>();
        var kept = await snapshots.ListAsync(cancellationToken);
        foreach (var snapshot in kept.OrderBy(snapshot => Order(snapshot.Kind)).ThenBy(snapshot => snapshot.Name, StringComparer.Ordinal))
        {
            var report = await import.ReadAsync(snapshot, draft, cancellationToken);
            health.Add(new(snapshot.Name, rejected.GetValueOrDefault(snapshot.Name), LocalDate.FromDateTime(snapshot.At.UtcDateTime), report.Rows, report.BadRows));
        }

        health.AddRange(rejected.Where(file => kept.All(snapshot => snapshot.Name != file.Key)).Select(file => new SourceHealth(file.Key, file.Value, null, 0, 0)));
        return health.ToImmutable();
    }

    private static int Order(ImportKind kind) => kind switch { ImportKind.Tools => 0, ImportKind.Contracts => 1, ImportKind.Invoices => 2, ImportKind.Accounts => 3, _ => 4 };

    private async Task<MovedTraffic> MovedAsync(LocalDate today, CancellationToken cancellationToken)
    {
        await meter.SaveAsync(cancellationToken);
        var from = today.PlusDays(-TrafficDays).ToDateOnly();
        await traffic.ForgetBeforeAsync(from, cancellationToken);
        var days = new List<(DateOnly, TrafficCounts)>();
        await foreach (var day in traffic.SinceAsync(from, cancellationToken))
            days.Add(day);
        return MovedTraffic.Of(days);
    }
}
