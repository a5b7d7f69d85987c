using System.Text.Json;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle.Overrides;

/// <summary>
/// Overrides, each in the ledger of its person, so that an approval and what it says are written together or not at all; and a list of all,
/// a row each, that says whose ledger to look in.
/// </summary>
public sealed class OverrideStore(ITableStore tables)
{
    private const string Listed = "overrides";
    private const string Person = "Person";
    private const string Prefix = "o|";

    public async Task<StoredOverride?> FindAsync(string id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Lifecycle, Listed, id, cancellationToken) is { } listed ? await FindAsync(RecordId.Parse(listed.Text(Person)!), id, cancellationToken) : null;

    /// <summary>Those of everybody, in the order of their ids.</summary>
    public async Task<IReadOnlyList<StageOverride>> ListAsync(int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Lifecycle, TableRange.In(Listed), take, null, cancellationToken);
        var found = new List<StageOverride>();
        foreach (var row in page.Rows)
            if (await FindAsync(RecordId.Parse(row.Text(Person)!), row.Row, cancellationToken) is { } stored)
                found.Add(stored.Override);
        return found;
    }

    public async Task<IReadOnlyList<StageOverride>> OfAsync(RecordId person, CancellationToken cancellationToken)
    {
        var found = new List<StageOverride>();
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.Prefix(LifecycleLedger.PartitionOf(person), Prefix), cancellationToken))
            found.Add(Read(row).Override);
        return found;
    }

    /// <summary>False when somebody else was faster.</summary>
    /// <param name="before">The version that it replaces; null for none.</param>
    public async Task<bool> SaveAsync(StageOverride changed, string? before, LifecycleEvent? said, CancellationToken cancellationToken)
    {
        var partition = LifecycleLedger.PartitionOf(changed.Person);
        await tables.UpsertAsync(Tables.Lifecycle, new(Listed, changed.Id, new Dictionary<string, object> { [Person] = changed.Person.ToString() }), cancellationToken);
        var values = new Dictionary<string, object>();
        RowParts.Put(values, JsonSerializer.SerializeToUtf8Bytes(changed, OverrideJson.Default.StageOverride));
        var row = new TableRow(partition, Prefix + changed.Id, values);
        List<TableAction> actions = [before is null ? new TableAction.Insert(row) : new TableAction.Replace(row, before)];
        if (said is not null)
            actions.Add(new TableAction.Insert(LifecycleLedger.Row(said)));
        return (await tables.WriteAllAsync(Tables.Lifecycle, actions, cancellationToken)).Done;
    }

    /// <summary>All of a person, with what was said in them; how many those were.</summary>
    public async Task<int> ForgetAsync(RecordId person, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var one in await OfAsync(person, cancellationToken))
        {
            await tables.DeleteAsync(Tables.Lifecycle, Listed, one.Id, null, cancellationToken);
            await tables.DeleteAsync(Tables.Lifecycle, LifecycleLedger.PartitionOf(person), Prefix + one.Id, null, cancellationToken);
            forgotten++;
        }

        return forgotten;
    }

    private async Task<StoredOverride?> FindAsync(RecordId person, string id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Lifecycle, LifecycleLedger.PartitionOf(person), Prefix + id, cancellationToken) is { } row ? Read(row) : null;

    private static StoredOverride Read(TableRow row) => new(JsonSerializer.Deserialize(RowParts.Read(row), OverrideJson.Default.StageOverride)!, row.ETag!);
}
