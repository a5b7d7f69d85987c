using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using StackHub.Storage;

namespace StackHub.Audit.Running;

/// <summary>Findings by id. What a person decided is never lost to a run: each row is written against the version that was read.</summary>
public sealed class FindingStore(ITableStore tables)
{
    private const string Partition = "findings";
    private const string Json = "Json";
    private const int MostTries = 10;

    public async Task<ImmutableArray<Finding>> ListAsync(CancellationToken cancellationToken) => [.. (await RowsAsync(cancellationToken)).Values.Select(row => row.Finding)];

    public async Task<Finding?> FindAsync(string id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Audit, Partition, id, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>The findings after a run at that time; the same when it is made again.</summary>
    public async Task<ImmutableArray<Finding>> MergeAsync(IReadOnlyCollection<Finding> found, DateTimeOffset at, LocalDate today, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var known = await RowsAsync(cancellationToken);
            var after = FindingHistory.After(known.Values.Select(row => row.Finding), found, at, today);
            if (await SaveAsync(known, after, cancellationToken))
                return after;
        }

        throw new TimeoutException($"Findings were changed by others {MostTries} times in a row.");
    }

    /// <summary>Applies a person's decision to the newest version; null when there is no such finding.</summary>
    public async Task<Finding?> ChangeAsync(string id, Func<Finding, Finding> change, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            if (await tables.GetAsync(Tables.Audit, Partition, id, cancellationToken) is not { } row)
                return null;
            var changed = change(Read(row));
            if ((await tables.WriteAsync(Tables.Audit, new TableAction.Replace(Row(changed), row.ETag!), cancellationToken)).Done)
                return changed;
        }

        throw new TimeoutException($"Finding {id} was changed by others {MostTries} times in a row.");
    }

    private async Task<Dictionary<string, (Finding Finding, string ETag)>> RowsAsync(CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, (Finding, string)>(StringComparer.Ordinal);
        await foreach (var row in tables.RowsAsync(Tables.Audit, TableRange.In(Partition), cancellationToken))
            known[row.Row] = (Read(row), row.ETag!);
        return known;
    }

    /// <summary>False when somebody changed one meanwhile; those that were saved are saved the same again.</summary>
    private async Task<bool> SaveAsync(Dictionary<string, (Finding Finding, string ETag)> known, ImmutableArray<Finding> after, CancellationToken cancellationToken)
    {
        var actions = after.Where(finding => !known.TryGetValue(finding.Id, out var before) || !SameText(before.Finding, finding))
            .Select(TableAction (finding) => known.TryGetValue(finding.Id, out var before) ? new TableAction.Replace(Row(finding), before.ETag) : new TableAction.Insert(Row(finding)))
            .Concat(known.Keys.Except(after.Select(finding => finding.Id)).Select(id => new TableAction.Delete(Partition, id, known[id].ETag)));
        foreach (var chunk in actions.Chunk(Batch))
            if (await tables.WriteAllAsync(Tables.Audit, chunk, cancellationToken) is { Done: false })
                return false;
        return true;
    }

    /// <summary>Small enough that a hundred of the longest findings fit.</summary>
    private const int Batch = 50;

    private static bool SameText(Finding one, Finding other) => Text(one) == Text(other);

    private static TableRow Row(Finding finding) => new(Partition, finding.Id, new Dictionary<string, object> { [Json] = Text(finding) });

    private static string Text(Finding finding) => JsonSerializer.Serialize(finding, AuditJson.Default.Finding);

    private static Finding Read(TableRow row) => JsonSerializer.Deserialize(row.Text(Json)!, AuditJson.Default.Finding)!;
}
