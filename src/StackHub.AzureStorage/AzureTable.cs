using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using StackHub.AzureStorage.Calls;
using StackHub.AzureStorage.Tables;
using StackHub.Storage;

namespace StackHub.AzureStorage;

/// <summary>Tables on Azure Storage. A table is made when the first write misses it; one that is not there reads as empty.</summary>
public sealed class AzureTable(AzureStorageAccount account) : ITableStore
{
    private readonly ConcurrentDictionary<string, TableClient> clients = new(StringComparer.OrdinalIgnoreCase);

    public async Task<TableRow?> GetAsync(string table, string partition, string row, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.CheckKey(partition);
        TableLimits.CheckKey(row);
        var answer = await Client(table).GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return answer.HasValue ? Entities.Row(answer.Value!) : null;
    }

    public Task<TableWrite> WriteAsync(string table, TableAction action, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.Check(action);
        var client = Client(table);
        return CreatingAsync(client, () => WriteAsync(client, action, cancellationToken), cancellationToken);
    }

    public Task<TableBatch> WriteAllAsync(string table, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.CheckBatch(actions);
        var client = Client(table);
        return CreatingAsync(client, () => WriteAllAsync(client, actions, cancellationToken), cancellationToken);
    }

    public async Task<TablePage> QueryAsync(string table, TableRange range, int take, string? continuation, CancellationToken cancellationToken)
    {
        TableLimits.CheckTable(table);
        TableLimits.CheckTake(take);
        try
        {
            await foreach (var page in Client(table).QueryAsync<TableEntity>(RangeFilter.Of(range), take, cancellationToken: cancellationToken).AsPages(continuation, take))
                return new TablePage([.. page.Values.Select(Entities.Row)], string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
        }
        return new TablePage([], null);
    }

    private static async Task<TableWrite> WriteAsync(TableClient client, TableAction action, CancellationToken cancellationToken)
    {
        using var tries = new Tries();
        var status = TableStatus.Missing;
        try
        {
            using var answer = await SendAsync(client, action, cancellationToken);
            if (answer.Status != 404) // the client lets a delete of an absent row pass
                return new TableWrite(TableStatus.Done, action is TableAction.Delete ? null : answer.Headers.ETag?.ToString());
        }
        catch (RequestFailedException e) when (Refusal(e) is { } refusal)
        {
            status = refusal;
        }
        return tries.Retried && await OwnWrite.FindAsync(client, [action], cancellationToken) is [var etag]
            ? new TableWrite(TableStatus.Done, etag)
            : new TableWrite(status, null);
    }

    private static async Task<TableBatch> WriteAllAsync(TableClient client, IReadOnlyList<TableAction> actions, CancellationToken cancellationToken)
    {
        using var tries = new Tries();
        try
        {
            var answers = (await client.SubmitTransactionAsync(actions.Select(Entities.Transaction), cancellationToken)).Value;
            return new TableBatch(TableStatus.Done, null, [.. answers.Zip(actions, (answer, action) => action is TableAction.Delete ? null : answer.Headers.ETag?.ToString())]);
        }
        catch (TableTransactionFailedException e) when (Refusal(e) is { } refusal)
        {
            return tries.Retried && await OwnWrite.FindAsync(client, actions, cancellationToken) is { } etags
                ? new TableBatch(TableStatus.Done, null, etags)
                : new TableBatch(refusal, e.FailedTransactionActionIndex, []);
        }
    }

    private static Task<Response> SendAsync(TableClient client, TableAction action, CancellationToken cancellationToken) => action switch
    {
        TableAction.Insert insert => client.AddEntityAsync(Entities.Of(insert.Entity), cancellationToken),
        TableAction.Upsert upsert => client.UpsertEntityAsync(Entities.Of(upsert.Entity), TableUpdateMode.Replace, cancellationToken),
        TableAction.Replace replace => client.UpdateEntityAsync(Entities.Of(replace.Entity), new ETag(replace.ETag), TableUpdateMode.Replace, cancellationToken),
        TableAction.Delete delete => client.DeleteEntityAsync(delete.Partition, delete.Row, Entities.Version(delete), cancellationToken),
        _ => throw new ArgumentException($"{action.GetType().Name} is not a table action.", nameof(action)),
    };

    /// <summary>The answers the port promises; null is a failure.</summary>
    private static TableStatus? Refusal(RequestFailedException failure) => failure.ErrorCode switch
    {
        "EntityAlreadyExists" => TableStatus.Exists,
        "UpdateConditionNotSatisfied" => TableStatus.Changed,
        "ResourceNotFound" or "EntityNotFound" => TableStatus.Missing,
        _ => null,
    };

    private static async Task<T> CreatingAsync<T>(TableClient client, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await write();
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.TableNotFound)
        {
            await client.CreateIfNotExistsAsync(cancellationToken);
            return await write();
        }
    }

    /// <summary>In lower case: Azure's names have none, the emulator's do.</summary>
    private TableClient Client(string table) => clients.GetOrAdd(table, name => account.Tables.GetTableClient(name.ToLowerInvariant()));
}
