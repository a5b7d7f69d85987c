using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports;

/// <summary>Takes a file of the inventory, or keeps the snapshot before it when the file is garbage.</summary>
public sealed class InventoryImport(ImportSnapshots snapshots, IToolCatalogue catalogue, ImportLimits limits, TimeProvider time)
{
    /// <param name="force">Takes a file with far fewer rows than before all the same; garbage is never taken.</param>
    public async Task<ImportReport> ImportAsync(string name, ImportKind kind, Stream content, IReadOnlyDictionary<string, string> columns, bool force, CancellationToken cancellationToken)
    {
        var before = await snapshots.FindAsync(name, cancellationToken);
        var put = await snapshots.PutAsync(name, kind, content, limits.MostBytes, cancellationToken);
        var report = put is null
            ? new ImportReport(name, kind, 0, 0, $"It is longer than {limits.MostBytes:N0} bytes.") { RowsBefore = before?.Rows }
            : await JudgeAsync(put, before, columns, force, cancellationToken);
        if (report.Rejected is null && !report.Unchanged && !await snapshots.UseAsync(put! with { Rows = report.Rows, BadRows = report.BadRows, Columns = columns }, before, cancellationToken))
            report = report with { Rejected = "It was imported by somebody else at the same time: try again." };
        await snapshots.SweepAsync(name, cancellationToken);
        return report;
    }

    /// <summary>Reads a snapshot into a draft.</summary>
    public Task<ImportReport> ReadAsync(ImportSnapshot snapshot, InventoryDraft draft, CancellationToken cancellationToken) =>
        ImportReader.ReadAsync(snapshot.Name, snapshot.Kind, snapshots.Open(snapshot), snapshot.Columns, draft, limits, null, cancellationToken);

    private async Task<ImportReport> JudgeAsync(ImportSnapshot put, ImportSnapshot? before, IReadOnlyDictionary<string, string> columns, bool force, CancellationToken cancellationToken)
    {
        if (before is not null && before.Hash == put.Hash && before.Kind == put.Kind && columns.Count == before.Columns.Count && !columns.Except(before.Columns).Any())
            return new(put.Name, put.Kind, before.Rows, before.BadRows, null) { RowsBefore = before.Rows, Unchanged = true };
        var rowsBefore = force || before?.Kind != put.Kind ? null : before?.Rows;
        var trial = new InventoryDraft(catalogue, LocalDate.FromDateTime(time.GetUtcNow().UtcDateTime));
        return await ImportReader.ReadAsync(put.Name, put.Kind, snapshots.Open(put), columns, trial, limits, rowsBefore, cancellationToken) with { RowsBefore = before?.Rows };
    }
}
