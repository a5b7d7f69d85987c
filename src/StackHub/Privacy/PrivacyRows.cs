using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy;

/// <summary>A value as it was read, with the version that a save must match.</summary>
public sealed record Stored<T>(T Value, string ETag);

/// <summary>Rows of the privacy tables: sealed as a whole, whatever is in them.</summary>
public sealed class PrivacyRows(ITableStore tables, HubKeys keys)
{
    private const int MaxAttempts = 20;

    public async Task<Stored<T>?> GetAsync<T>(string partition, string row, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Privacy, partition, row, cancellationToken) is { } found ? Open(found, type) : null;

    public async Task<IReadOnlyList<Stored<T>>> ListAsync<T>(string partition, string prefix, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var all = new List<Stored<T>>();
        await foreach (var row in tables.RowsAsync(Tables.Privacy, TableRange.Prefix(partition, prefix), cancellationToken))
            all.Add(Open(row, type));
        return all;
    }

    public TableRow ToRow<T>(string partition, string row, T value, JsonTypeInfo<T> type)
    {
        var values = new Dictionary<string, object>();
        RowParts.Put(values, keys.Seal(JsonSerializer.SerializeToUtf8Bytes(value, type)));
        return new(partition, row, values);
    }

    /// <summary>False when there is one already.</summary>
    public async Task<bool> InsertAsync<T>(string partition, string row, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        (await tables.InsertAsync(Tables.Privacy, ToRow(partition, row, value, type), cancellationToken)).Done;

    /// <summary>Several rows of one partition, or none; false when one of them is no longer as it was read.</summary>
    public async Task<bool> WriteAsync(IReadOnlyList<TableAction> actions, CancellationToken cancellationToken) =>
        (await tables.WriteAllAsync(Tables.Privacy, actions, cancellationToken)).Done;

    /// <summary>
    /// Applies a pure change to the newest version and saves it; repeats it when somebody else saved in between. Returning the same
    /// instance saves nothing. Null when there is no such row.
    /// </summary>
    public Task<T?> ChangeAsync<T>(string partition, string row, JsonTypeInfo<T> type, Func<T, T> change, CancellationToken cancellationToken) where T : class =>
        ChangeAsync(partition, row, type, value => Task.FromResult(change(value)), cancellationToken);

    /// <summary>
    /// The same for a change that needs other rows read: they are read after the row, so whoever saved it since has seen at least as much,
    /// and the change is decided anew.
    /// </summary>
    public async Task<T?> ChangeAsync<T>(string partition, string row, JsonTypeInfo<T> type, Func<T, Task<T>> change, CancellationToken cancellationToken) where T : class
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await GetAsync(partition, row, type, cancellationToken) is not { } stored)
                return null;
            var after = await change(stored.Value);
            if (ReferenceEquals(after, stored.Value) || (await tables.WriteAsync(Tables.Privacy, new TableAction.Replace(ToRow(partition, row, after, type), stored.ETag), cancellationToken)).Done)
                return after;
        }
        throw new InvalidOperationException($"Row {row} was changed by others {MaxAttempts} times in a row.");
    }

    private Stored<T> Open<T>(TableRow row, JsonTypeInfo<T> type) =>
        new(JsonSerializer.Deserialize(keys.Open(RowParts.Read(row)), type)!, row.ETag!);
}
