using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Storage;

namespace StackHub.Flows;

/// <summary>What one process counted on one day.</summary>
public sealed record TrafficCounts(IReadOnlyList<SystemTraffic> Systems, IReadOnlyList<OriginTraffic> Origins);

/// <summary>A system's changes told, records written and records refused.</summary>
public sealed record SystemTraffic(string System, long Received, long Written, long Refused)
{
    /// <summary>Values of fields, told and written.</summary>
    public long Values { get; init; }
}

/// <summary>Webhooks that belong to no system.</summary>
public sealed record OriginTraffic(string Origin, long Calls, IReadOnlyList<string> Fields);

/// <summary>Counts by day, one row for each process that counted.</summary>
public sealed class TrafficStore(ITableStore tables)
{
    private const string Prefix = "traffic-";
    private const string Json = "Json";

    /// <summary>The counts of a day and those after it, the oldest first; a day comes once for each process.</summary>
    public async IAsyncEnumerable<(DateOnly Day, TrafficCounts Counts)> SinceAsync(DateOnly day, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RowsAsync(Tables.Audit, TableRange.Partitions(Partition(day), Prefix + "~"), cancellationToken))
            yield return (DateOnly.ParseExact(row.Partition[Prefix.Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture), JsonSerializer.Deserialize(row.Text(Json)!, TrafficJson.Default.TrafficCounts)!);
    }

    /// <summary>Forgets the days before one.</summary>
    public async Task ForgetBeforeAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var old = new List<TableRow>();
        await foreach (var row in tables.RowsAsync(Tables.Audit, TableRange.Partitions(Prefix, Partition(day)), cancellationToken))
            old.Add(row);
        foreach (var row in old)
            await tables.DeleteAsync(Tables.Audit, row.Partition, row.Row, null, cancellationToken);
    }

    internal static TableRow Row(DateOnly day, string process, TrafficCounts counts) =>
        new(Partition(day), process, new Dictionary<string, object> { [Json] = JsonSerializer.Serialize(counts, TrafficJson.Default.TrafficCounts) });

    private static string Partition(DateOnly day) => Prefix + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

[JsonSerializable(typeof(TrafficCounts))]
internal sealed partial class TrafficJson : JsonSerializerContext;
