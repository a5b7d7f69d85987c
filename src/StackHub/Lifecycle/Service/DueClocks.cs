using System.Collections.Immutable;
using System.Globalization;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle.Service;

/// <summary>Whom to look at when, in the order of the times: a row a moment and person.</summary>
public sealed class DueClocks(ITableStore tables)
{
    private const string Partition = "due";

    public async Task PlanAsync(RecordId person, ImmutableArray<SlaClock> clocks, CancellationToken cancellationToken)
    {
        if (clocks.Select(clock => clock.NextAt).Min() is { } next)
            await tables.UpsertAsync(Tables.Lifecycle, new(Partition, $"{Key(next.AddMilliseconds(1))}|{person}", new Dictionary<string, object> { ["Person"] = person.ToString() }), cancellationToken);
    }

    /// <summary>Those whose moment has passed, the earliest first.</summary>
    public async Task<IReadOnlyList<(RecordId Person, TableRow Row)>> PassedAsync(DateTimeOffset now, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Lifecycle, TableRange.In(Partition, null, Key(now.AddTicks(1))), take, null, cancellationToken);
        return [.. page.Rows.Select(row => (RecordId.Parse(row.Text("Person")!), row))];
    }

    /// <summary>Only as it was read: what was planned anew meanwhile stays.</summary>
    public Task DoneAsync(TableRow row, CancellationToken cancellationToken) => tables.DeleteAsync(Tables.Lifecycle, row.Partition, row.Row, row.ETag, cancellationToken);

    private static string Key(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
