using System.Globalization;
using StackHub.Storage;

namespace StackHub.Testing.Storage;

/// <summary>A table store in memory: deterministic, one process, the whole contract. Operations: get, write, batch, query.</summary>
public sealed class InMemoryTables : InMemoryStore, ITableStore
{
    private readonly Dictionary<string, SortedList<Place, TableRow>> tables = new(StringComparer.OrdinalIgnoreCase);
    private long stamp;

    public Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.CheckKey(partition);
        TableLimits.CheckKey(row);
        return StepAsync($"tables.get {table}", () => Rows(table).GetValueOrDefault(new Place(partition, row)) is { } found ? Copy(found) : null, cancellationToken);
    }

    public Task<TableWrite> WriteAsync(string table, TableAction action, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.Check(action);
        return StepAsync($"tables.write {table}", () =>
        {
            var rows = Rows(table);
            return Refusal(rows, action) is var status and not TableStatus.Done ? new TableWrite(status, null) : Apply(rows, action);
        }, cancellationToken);
    }

    public Task<TableBatch> WriteAllAsync(string table, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.CheckBatch(actions);
        return StepAsync($"tables.batch {table}", () =>
        {
            var rows = Rows(table);
            for (var i = 0; i < actions.Count; i++)
                if (Refusal(rows, actions[i]) is var status and not TableStatus.Done)
                    return new TableBatch(status, i, []);
            return new TableBatch(TableStatus.Done, null, [.. actions.Select(action => Apply(rows, action).ETag)]);
        }, cancellationToken);
    }

    public Task<TablePage> QueryAsync(string table, TableRange range, int take, string? continuation, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.CheckTake(take);
        return StepAsync($"tables.query {table}", () =>
        {
            var after = continuation is null ? (Place?)null : Place.Parse(continuation);
            TableRow[] page = [.. Rows(table)
                .SkipWhile(row => after is { } last && row.Key.CompareTo(last) <= 0)
                .Where(row => Contains(range, row.Key))
                .Take(take + 1)
                .Select(row => Copy(row.Value))];
            return page.Length <= take
                ? new TablePage(page, null)
                : new TablePage(page[..take], new Place(page[take - 1].Partition, page[take - 1].Row).ToString());
        }, cancellationToken);
    }

    private static bool Contains(TableRange range, Place place) =>
        range.Partition is { } partition
            ? place.Partition == partition
                && (range.FromRow is null || string.CompareOrdinal(place.Row, range.FromRow) >= 0)
                && (range.ToRow is null || string.CompareOrdinal(place.Row, range.ToRow) < 0)
            : (range.FromPartition is null || string.CompareOrdinal(place.Partition, range.FromPartition) >= 0)
                && (range.ToPartition is null || string.CompareOrdinal(place.Partition, range.ToPartition) < 0);

    private static TableStatus Refusal(SortedList<Place, TableRow> rows, TableAction action)
    {
        var present = rows.GetValueOrDefault(new Place(action.Partition, action.Row));
        return action switch
        {
            TableAction.Insert => present is null ? TableStatus.Done : TableStatus.Exists,
            TableAction.Upsert => TableStatus.Done,
            _ when present is null => TableStatus.Missing,
            TableAction.Replace replace => replace.ETag == present.ETag ? TableStatus.Done : TableStatus.Changed,
            TableAction.Delete delete => delete.ETag is null || delete.ETag == present.ETag ? TableStatus.Done : TableStatus.Changed,
            _ => throw new ArgumentException($"{action.GetType().Name} is not a table action.", nameof(action)),
        };
    }

    private TableWrite Apply(SortedList<Place, TableRow> rows, TableAction action)
    {
        var place = new Place(action.Partition, action.Row);
        if (action is TableAction.Delete)
        {
            rows.Remove(place);
            return new TableWrite(TableStatus.Done, null);
        }
        var entity = action switch
        {
            TableAction.Insert insert => insert.Entity,
            TableAction.Upsert upsert => upsert.Entity,
            _ => ((TableAction.Replace)action).Entity,
        };
        var etag = (++stamp).ToString(CultureInfo.InvariantCulture);
        rows[place] = Copy(entity) with { ETag = etag };
        return new TableWrite(TableStatus.Done, etag);
    }

    private SortedList<Place, TableRow> Rows(string table) => tables.TryGetValue(table, out var rows) ? rows : tables[table] = [];

    /// <summary>A caller that changes what it wrote or read must not change the store.</summary>
    private static TableRow Copy(TableRow row) => row with
    {
        Values = row.Values.ToDictionary(
            value => value.Key,
            value => value.Value switch
            {
                DateTimeOffset time => time.ToUniversalTime(),
                byte[] bytes => bytes.ToArray(),
                var other => other,
            },
            StringComparer.Ordinal),
    };

    /// <summary>A row's place; a control character parts its continuation, since no key can hold one.</summary>
    private readonly record struct Place(string Partition, string Row) : IComparable<Place>
    {
        public static Place Parse(string text)
        {
            var parts = text.Split('\n');
            return new Place(parts[0], parts[1]);
        }

        public int CompareTo(Place other)
        {
            var partitions = string.CompareOrdinal(Partition, other.Partition);
            return partitions != 0 ? partitions : string.CompareOrdinal(Row, other.Row);
        }

        public override string ToString() => $"{Partition}\n{Row}";
    }
}
