using StackHub.Records;
using StackHub.Storage;
using StackHub.Telemetry;

namespace StackHub.Sync.Conflicts;

/// <summary>Conflicts in the table store; one row a situation.</summary>
public sealed class ConflictStore(ITableStore tables)
{
    private const string Partition = "conflict";

    /// <summary>True when it is new; one that a person closed stays closed.</summary>
    public async Task<bool> RaiseAsync(Conflict conflict, CancellationToken cancellationToken)
    {
        var isNew = (await tables.InsertAsync(Tables.Conflicts, ToRow(conflict), cancellationToken)).Done;
        if (isNew)
            HubMetrics.Conflict(conflict.Kind.ToString());
        return isNew;
    }

    public async Task<Conflict?> GetAsync(string id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Conflicts, Partition, id, cancellationToken) is { } row ? Of(row) : null;

    /// <summary>False when there is no such conflict.</summary>
    public async Task<bool> CloseAsync(string id, CancellationToken cancellationToken)
    {
        if (await GetAsync(id, cancellationToken) is not { } conflict)
            return false;
        await tables.UpsertAsync(Tables.Conflicts, ToRow(conflict with { Open = false }), cancellationToken);
        return true;
    }

    /// <summary>A page in the order of ids.</summary>
    public async Task<(IReadOnlyList<Conflict> Conflicts, string? Next)> ListAsync(string? from, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Conflicts, TableRange.In(Partition), take, from, cancellationToken);
        return ([.. page.Rows.Select(Of)], page.Continuation);
    }

    private static TableRow ToRow(Conflict conflict)
    {
        var values = new Dictionary<string, object> { ["Kind"] = conflict.Kind.ToString(), ["Record"] = conflict.Record.ToString(), ["At"] = conflict.At, ["Open"] = conflict.Open };
        if (conflict.System is { } system)
            values["System"] = system.Name;
        if (conflict.Field is { } field)
            values["Field"] = field;
        if (conflict.Other is { } other)
            values["Other"] = other.ToString();
        if (conflict.Detail is { } detail)
            values["Detail"] = detail;
        if (conflict.Probability is { } probability)
            values["Probability"] = probability;
        return new(Partition, conflict.Id, values);
    }

    private static Conflict Of(TableRow row) => new(Enum.Parse<ConflictKind>(row.Text("Kind")!), RecordId.Parse(row.Text("Record")!), row.Value<DateTimeOffset>("At")!.Value)
    {
        System = row.Text("System") is { } system ? new SystemId(system) : null,
        Field = row.Text("Field"),
        Other = RecordId.TryParse(row.Text("Other")),
        Detail = row.Text("Detail"),
        Probability = row.Value<double>("Probability"),
        Open = row.Value<bool>("Open") ?? true,
    };
}
