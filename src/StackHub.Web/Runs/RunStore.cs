using System.Collections.Immutable;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Web.Runs;

/// <summary>Runs in the table store, newest first. A running one whose process gave no sign of life is interrupted.</summary>
public sealed class RunStore(ITableStore tables, LeaseOwner owner, TimeProvider time)
{
    private const string Partition = "run";
    private const string Counter = "N_";
    private const string CurrentPartition = "current";

    /// <summary>How long a process that carries out a run may give no sign.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>What is of this kind and system; one such run is current.</summary>
    public static string NameOf(RunView run) => $"{run.Kind}-{run.System?.Name ?? "all"}".ToLowerInvariant();

    /// <summary>Makes it the current one of its kind and system. False while another runs.</summary>
    public async Task<bool> ClaimAsync(RunView run, CancellationToken cancellationToken)
    {
        var known = await tables.GetAsync(Tables.Runs, CurrentPartition, NameOf(run), cancellationToken);
        if (known is not null && await GetAsync(RecordId.Parse(known.Text("Id")!), cancellationToken) is { State: RunState.Running })
            return false;
        var row = new TableRow(CurrentPartition, NameOf(run), new Dictionary<string, object> { ["Id"] = run.Id.ToString() });
        return (await tables.WriteAsync(Tables.Runs, known is null ? new TableAction.Insert(row) : new TableAction.Replace(row, known.ETag!), cancellationToken)).Done;
    }

    /// <summary>False when another of its kind was started since.</summary>
    public async Task<bool> IsCurrentAsync(RunView run, CancellationToken cancellationToken) =>
        (await tables.GetAsync(Tables.Runs, CurrentPartition, NameOf(run), cancellationToken))?.Text("Id") == run.Id.ToString();

    public async Task ReleaseAsync(RunView run, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Tables.Runs, CurrentPartition, NameOf(run), cancellationToken) is { } row && row.Text("Id") == run.Id.ToString())
            await tables.WriteAsync(Tables.Runs, new TableAction.Delete(row.Partition, row.Row, row.ETag!), cancellationToken);
    }

    public Task SaveAsync(RunView run, CancellationToken cancellationToken) => tables.UpsertAsync(Tables.Runs, ToRow(run), cancellationToken);

    public async Task<RunView?> GetAsync(RecordId id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Runs, Partition, RowOf(id), cancellationToken) is { } row ? Of(row) : null;

    public async Task<(IReadOnlyList<RunView> Runs, string? Next)> ListAsync(string? from, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Runs, TableRange.In(Partition), take, from, cancellationToken);
        return ([.. page.Rows.Select(Of)], page.Continuation);
    }

    /// <summary>Ids sort by time; with every digit turned around, the newest comes first.</summary>
    private static string RowOf(RecordId id) => string.Create(32, id.ToString(), (row, text) =>
    {
        for (var index = 0; index < row.Length; index++)
            row[index] = "0123456789abcdef"[15 - Convert.ToInt32(text[index].ToString(), 16)];
    });

    private TableRow ToRow(RunView run)
    {
        var values = new Dictionary<string, object>
        {
            ["Id"] = run.Id.ToString(),
            ["Kind"] = run.Kind.ToString(),
            ["State"] = run.State.ToString(),
            ["StartedAt"] = run.StartedAt,
            ["By"] = run.By,
            ["Owner"] = owner.Name,
            ["AliveAt"] = time.GetUtcNow(),
        };
        if (run.System is { } system)
            values["System"] = system.Name;
        if (run.FinishedAt is { } finished)
            values["FinishedAt"] = finished;
        if (run.At is { } at)
            values["At"] = at;
        if (run.Error is { } error)
            values["Error"] = error;
        if (run.Place is { } place)
            values["Place"] = place;
        foreach (var (name, count) in run.Report)
            values[Counter + name] = count;
        return new(Partition, RowOf(run.Id), values);
    }

    private RunView Of(TableRow row) => new(RecordId.Parse(row.Text("Id")!), Enum.Parse<RunKind>(row.Text("Kind")!), StateOf(row), row.Value<DateTimeOffset>("StartedAt")!.Value, row.Text("By")!)
    {
        System = row.Text("System") is { } system ? new SystemId(system) : null,
        FinishedAt = row.Value<DateTimeOffset>("FinishedAt"),
        At = row.Text("At"),
        Error = row.Text("Error"),
        Place = row.Text("Place"),
        Report = row.Values.Where(value => value.Key.StartsWith(Counter, StringComparison.Ordinal)).ToImmutableSortedDictionary(value => value.Key[Counter.Length..], value => (long)value.Value),
    };

    private RunState StateOf(TableRow row)
    {
        var state = Enum.Parse<RunState>(row.Text("State")!);
        var silent = time.GetUtcNow() - row.Value<DateTimeOffset>("AliveAt") > Silence || LeaseOwner.IsDead(row.Text("Owner")!);
        return state == RunState.Running && silent ? RunState.Interrupted : state;
    }
}
