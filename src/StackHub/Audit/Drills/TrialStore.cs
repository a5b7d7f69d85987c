using System.Text.Json;
using StackHub.Audit.Running;
using StackHub.Storage;

namespace StackHub.Audit.Drills;

/// <summary>Trials, the oldest first; the last of each system are kept.</summary>
public sealed class TrialStore(ITableStore tables)
{
    private const string Partition = "trials";
    private const string Json = "Json";
    private const int KeptOfSystem = 20;

    public async Task<IReadOnlyList<Trial>> ListAsync(CancellationToken cancellationToken)
    {
        var trials = new List<Trial>();
        await foreach (var row in tables.RowsAsync(Tables.Audit, TableRange.In(Partition), cancellationToken))
            trials.Add(JsonSerializer.Deserialize(row.Text(Json)!, AuditJson.Default.Trial)!);
        return trials;
    }

    public Task SaveAsync(Trial trial, CancellationToken cancellationToken) =>
        tables.UpsertAsync(Tables.Audit, new(Partition, trial.Id, new Dictionary<string, object> { [Json] = JsonSerializer.Serialize(trial, AuditJson.Default.Trial) }), cancellationToken);

    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        foreach (var old in (await ListAsync(cancellationToken)).Where(trial => trial.IsOver).GroupBy(trial => trial.System).SelectMany(system => system.Reverse().Skip(KeptOfSystem)))
            await tables.DeleteAsync(Tables.Audit, Partition, old.Id, null, cancellationToken);
    }
}
