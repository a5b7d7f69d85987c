using Azure.Data.Tables;
using StackHub.Storage;

namespace StackHub.AzureStorage.Tables;

/// <summary>
/// Whether a refused retry met what its own lost first try had written: every row has exactly the values that were sent, and every deleted
/// row is gone. A batch is written whole or not at all, so one strange row says that it was not ours.
/// Two writers that must exclude each other put something of their own into the row (an owner, an id), as leases and claims do.
/// </summary>
internal static class OwnWrite
{
    /// <summary>The ETags of the rows in the order of the actions (null after a delete); null when the write was not ours.</summary>
    public static async Task<IReadOnlyList<string?>?> FindAsync(TableClient client, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken)
    {
        var etags = new List<string?>(actions.Count);
        foreach (var action in actions)
        {
            var answer = await client.GetEntityIfExistsAsync<TableEntity>(action.Partition, action.Row, cancellationToken: cancellationToken);
            var stored = answer.HasValue ? Entities.Row(answer.Value!) : null;
            if (!IsOwn(action, stored))
                return null;
            etags.Add(stored?.ETag);
        }
        return etags;
    }

    private static bool IsOwn(TableAction action, TableRow? stored) => action switch
    {
        TableAction.Insert insert => Same(insert.Entity, stored),
        TableAction.Upsert upsert => Same(upsert.Entity, stored),
        TableAction.Replace replace => Same(replace.Entity, stored),
        _ => stored is null,
    };

    private static bool Same(TableRow sent, TableRow? stored) =>
        stored is not null
        && stored.Values.Count == sent.Values.Count
        && sent.Values.All(value => stored.Values.TryGetValue(value.Key, out var other) && Same(value.Value, other));

    private static bool Same(object sent, object stored) =>
        sent is byte[] bytes ? stored is byte[] others && bytes.AsSpan().SequenceEqual(others) : sent.Equals(stored);
}
