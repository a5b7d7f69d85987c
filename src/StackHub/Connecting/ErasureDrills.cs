using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Connecting;

/// <summary>What came of a trial erasure of a synthetic person. It holds nothing of any person.</summary>
/// <param name="DaysToGone">Days until it could no longer be found; null when it still can.</param>
/// <param name="Reason">Why it failed, in words without personal data.</param>
public sealed record DrillResult(DateTimeOffset At, bool Passed, int? DaysToGone, string? Reason);

/// <summary>Where a trial was made: in a configured system, or in a tool that the hub is not connected to.</summary>
public sealed record DrillPlace
{
    private DrillPlace(string partition, string name) => (Partition, Name) = (partition, name);

    public string Name { get; }

    internal string Partition { get; }

    public static DrillPlace Of(SystemId system) => new("drill-system", system.Name);

    /// <param name="tool">The tool's id, such as "mailchimp".</param>
    public static DrillPlace OfTool(string tool) => new("drill-tool", tool);

    internal static IReadOnlyList<string> Partitions { get; } = ["drill-system", "drill-tool"];

    internal static DrillPlace Of(TableRow row) => new(row.Partition, row.Row);

    public override string ToString() => Name;
}

/// <summary>The last trial erasure of each place. Whoever makes trials records them here, and whoever judges tools reads them; they need not know each other.</summary>
public sealed class ErasureDrills(ITableStore tables)
{
    /// <summary>Keeps a result; one that is older than what is kept changes nothing, and the same one again neither.</summary>
    public async Task RecordAsync(DrillPlace place, DrillResult result, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await tables.GetAsync(Tables.Systems, place.Partition, place.Name, cancellationToken);
            if (before is not null && Read(before).At > result.At)
                return;
            var row = Row(place, result);
            if ((await tables.WriteAsync(Tables.Systems, before is null ? new TableAction.Insert(row) : new TableAction.Replace(row, before.ETag!), cancellationToken)).Done)
                return;
        }
    }

    public async Task<IReadOnlyDictionary<DrillPlace, DrillResult>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<DrillPlace, DrillResult>();
        foreach (var partition in DrillPlace.Partitions)
            await foreach (var row in tables.RowsAsync(Tables.Systems, TableRange.In(partition), cancellationToken))
                found[DrillPlace.Of(row)] = Read(row);
        return found;
    }

    private static TableRow Row(DrillPlace place, DrillResult result)
    {
        var values = new Dictionary<string, object> { ["At"] = result.At, ["Passed"] = result.Passed };
        if (result.DaysToGone is { } days)
            values["Days"] = days;
        if (result.Reason is { } reason)
            values["Reason"] = reason;
        return new(place.Partition, place.Name, values);
    }

    private static DrillResult Read(TableRow row) => new(row.Value<DateTimeOffset>("At")!.Value, row.Value<bool>("Passed")!.Value, row.Value<int>("Days"), row.Text("Reason"));
}
