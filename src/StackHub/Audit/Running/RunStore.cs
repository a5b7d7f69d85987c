using System.Globalization;
using System.Text.Json;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Audit.Running;

/// <summary>Runs, the newest last, and the one that is under way: after a crash it goes on under its own time.</summary>
public sealed class RunStore(ITableStore tables)
{
    private const string Partition = "runs";
    private const string Current = "current";
    private const string Json = "Json";

    /// <summary>A run that was left as long ago begins anew: its day is over.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromHours(12);

    /// <summary>Begins a run, or goes on with the one that was left.</summary>
    public async Task<AuditRun> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Audit, Current, Current, cancellationToken);
        if (row is not null && now - row.Value<DateTimeOffset>("At")!.Value < Stale)
            return new(row.Text("Id")!, row.Value<DateTimeOffset>("At")!.Value);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var run = new AuditRun($"{at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{RecordId.New(at).ToString()[^6..]}", at);
        await tables.UpsertAsync(Tables.Audit, new(Current, Current, new Dictionary<string, object> { ["Id"] = run.Id, ["At"] = run.At }), cancellationToken);
        return run;
    }

    public async Task EndAsync(AuditRun run, CancellationToken cancellationToken)
    {
        await tables.UpsertAsync(Tables.Audit, new(Partition, run.Id, new Dictionary<string, object> { [Json] = JsonSerializer.Serialize(run, AuditJson.Default.AuditRun) }), cancellationToken);
        await tables.DeleteAsync(Tables.Audit, Current, Current, null, cancellationToken);
    }

    public async Task<bool> IsUnderWayAsync(CancellationToken cancellationToken) => await tables.GetAsync(Tables.Audit, Current, Current, cancellationToken) is not null;

    /// <summary>All runs, the oldest first.</summary>
    public async Task<IReadOnlyList<AuditRun>> ListAsync(CancellationToken cancellationToken)
    {
        var runs = new List<AuditRun>();
        await foreach (var row in tables.RowsAsync(Tables.Audit, TableRange.In(Partition), cancellationToken))
            runs.Add(JsonSerializer.Deserialize(row.Text(Json)!, AuditJson.Default.AuditRun)!);
        return runs;
    }
}
