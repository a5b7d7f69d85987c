using System.Security.Cryptography;
using System.Text;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle.Findings;

/// <summary>Findings in the table store: a partition a kind, a row a record and word, so that the same finding twice is one.</summary>
public sealed class LifecycleFindings(ITableStore tables, TimeProvider time)
{
    private const int LongestDetail = 200;

    public async Task AddAsync(LifecycleFinding finding, CancellationToken cancellationToken)
    {
        var detail = finding.Detail.Length > LongestDetail ? finding.Detail[..LongestDetail] : finding.Detail;
        await tables.InsertAsync(Tables.Lifecycle, new(PartitionOf(finding.Kind), RowOf(finding), new Dictionary<string, object>
        {
            ["Record"] = finding.Record.ToString(),
            ["System"] = finding.System,
            ["Detail"] = detail,
            ["At"] = time.GetUtcNow(),
        }), cancellationToken);
    }

    public Task RemoveAsync(LifecycleFinding finding, CancellationToken cancellationToken) =>
        tables.DeleteAsync(Tables.Lifecycle, PartitionOf(finding.Kind), RowOf(finding), null, cancellationToken);

    /// <summary>All of the kind about the record.</summary>
    public async Task RemoveAllAsync(FindingKind kind, RecordId record, CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.Prefix(PartitionOf(kind), $"{record}|"), cancellationToken))
            await tables.DeleteAsync(Tables.Lifecycle, row.Partition, row.Row, null, cancellationToken);
    }

    /// <summary>All about the record; how many those were.</summary>
    public async Task<int> ForgetAsync(RecordId record, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var kind in Enum.GetValues<FindingKind>())
            await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.Prefix(PartitionOf(kind), $"{record}|"), cancellationToken))
                removed += (await tables.DeleteAsync(Tables.Lifecycle, row.Partition, row.Row, null, cancellationToken)).Done ? 1 : 0;
        return removed;
    }

    public async Task<(IReadOnlyList<LifecycleFinding> Findings, string? Next)> ListAsync(FindingKind kind, string? from, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Lifecycle, TableRange.In(PartitionOf(kind)), take, from, cancellationToken);
        return ([.. page.Rows.Select(row => Of(kind, row))], page.Continuation);
    }

    private static LifecycleFinding Of(FindingKind kind, TableRow row) =>
        new(kind, RecordId.Parse(row.Text("Record")!), row.Text("System")!, row.Text("Detail")!) { At = row.Value<DateTimeOffset>("At")!.Value };

    private static string PartitionOf(FindingKind kind) => $"finding|{LifecycleFinding.CodeOf(kind)}";

    /// <summary>A word of a system may hold what a key may not.</summary>
    private static string RowOf(LifecycleFinding finding) =>
        $"{finding.Record}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.System}|{finding.Detail}")).AsSpan(0, 10))}";
}
