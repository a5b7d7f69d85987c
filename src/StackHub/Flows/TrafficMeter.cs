using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Flows;

/// <summary>
/// Counts what moves, for whoever audits it. Counting is in memory; at most once a minute a batch of messages saves all counts of the day
/// in one row of this process, so that a change costs nothing and a crash loses a minute's counts.
/// </summary>
public sealed class TrafficMeter(ITableStore tables, LeaseOwner owner, TimeProvider time) : IHostedService
{
    private const int MostOrigins = 200;
    private const int MostFields = 40;
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly ConcurrentDictionary<(DateOnly Day, string System), Counts> systems = new();
    private readonly ConcurrentDictionary<(DateOnly Day, string Origin), OriginCounts> origins = new();
    private readonly SemaphoreSlim saving = new(1, 1);
    private long savedAt = time.GetUtcNow().UtcTicks;
    private int isDirty;

    /// <summary>Changes that a system told.</summary>
    public void Received(SystemId system, int changes) => Count(system, counts => Interlocked.Add(ref counts.Received, changes));

    /// <summary>A record that the hub wrote to a system.</summary>
    /// <param name="fields">How many of its fields.</param>
    public void Written(SystemId system, int fields) => Count(system, counts =>
    {
        Interlocked.Increment(ref counts.Written);
        Interlocked.Add(ref counts.Values, fields);
    });

    /// <summary>Values of fields that a system told.</summary>
    public void Told(SystemId system, int fields) => Count(system, counts => Interlocked.Add(ref counts.Values, fields));

    /// <summary>Records that a system refused for good.</summary>
    public void Refused(SystemId system) => Count(system, counts => Interlocked.Increment(ref counts.Refused));

    /// <summary>A webhook that belongs to no system: where it came from, and the names of the fields it has.</summary>
    public void Unknown(string origin, IEnumerable<string> fields)
    {
        var key = (Today, origin);
        if (!origins.ContainsKey(key) && origins.Count >= MostOrigins)
            return; // whoever calls at random must not fill the store
        var counts = origins.GetOrAdd(key, _ => new());
        Interlocked.Increment(ref counts.Calls);
        foreach (var field in fields.Take(MostFields))
            if (counts.Fields.Count < MostFields)
                counts.Fields.TryAdd(field, true);
        Volatile.Write(ref isDirty, 1);
    }

    /// <summary>Saves what was counted, when it is time.</summary>
    public ValueTask SaveIfDueAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref isDirty) == 1 && time.GetUtcNow().UtcTicks - Interlocked.Read(ref savedAt) >= SaveEvery.Ticks ? new(SaveAsync(cancellationToken)) : default;

    /// <summary>Saves what was counted; days that are over and saved are forgotten here.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await saving.WaitAsync(cancellationToken);
        try
        {
            Interlocked.Exchange(ref savedAt, time.GetUtcNow().UtcTicks);
            if (Interlocked.Exchange(ref isDirty, 0) == 0)
                return;
            foreach (var day in systems.Keys.Select(key => key.Day).Concat(origins.Keys.Select(key => key.Day)).Distinct())
            {
                await tables.UpsertAsync(Tables.Audit, TrafficStore.Row(day, $"{owner.Name}|{startedAt.UtcTicks}", Of(day)), cancellationToken);
                if (day < Today)
                    Forget(day);
            }
        }
        catch
        {
            Volatile.Write(ref isDirty, 1);
            throw;
        }
        finally
        {
            saving.Release();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>An orderly stop loses no counts.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => SaveAsync(cancellationToken);

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private void Count(SystemId system, Action<Counts> count)
    {
        count(systems.GetOrAdd((Today, system.Name), _ => new()));
        Volatile.Write(ref isDirty, 1);
    }

    private TrafficCounts Of(DateOnly day) => new(
        [.. systems.Where(entry => entry.Key.Day == day).Select(entry => new SystemTraffic(entry.Key.System, Interlocked.Read(ref entry.Value.Received), Interlocked.Read(ref entry.Value.Written), Interlocked.Read(ref entry.Value.Refused)) { Values = Interlocked.Read(ref entry.Value.Values) })],
        [.. origins.Where(entry => entry.Key.Day == day).Select(entry => new OriginTraffic(entry.Key.Origin, Interlocked.Read(ref entry.Value.Calls), [.. entry.Value.Fields.Keys.Order(StringComparer.Ordinal)]))]);

    private void Forget(DateOnly day)
    {
        foreach (var key in systems.Keys.Where(key => key.Day == day))
            systems.TryRemove(key, out _);
        foreach (var key in origins.Keys.Where(key => key.Day == day))
            origins.TryRemove(key, out _);
    }

    private sealed class Counts
    {
        public long Received;
        public long Written;
        public long Refused;
        public long Values;
    }

    private sealed class OriginCounts
    {
        public long Calls;

        public ConcurrentDictionary<string, bool> Fields { get; } = new(StringComparer.Ordinal);
    }
}
