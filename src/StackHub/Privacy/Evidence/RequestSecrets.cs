using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Evidence;

/// <summary>The hub's copies of request secrets, sealed, until a request is done: after that only the person can open a commitment.</summary>
public sealed class RequestSecrets(ITableStore tables, HubKeys keys)
{
    private const string Sealed = "Sealed";

    /// <summary>The request's secret: the same however often it is asked for, whoever was first.</summary>
    public async Task<RequestSecret> GetOrMakeAsync(string request, CancellationToken cancellationToken)
    {
        var made = RequestSecret.New();
        var row = new TableRow(LedgerRows.Partition(request), LedgerRows.Secret, new Dictionary<string, object> { [Sealed] = keys.Seal(made.Bytes) });
        return (await tables.InsertAsync(Tables.Evidence, row, cancellationToken)).Done
            ? made
            : await FindAsync(request, cancellationToken) ?? throw new InvalidOperationException($"The secret of request {request} was destroyed: only the person has it now.");
    }

    /// <summary>Null when there never was one, or it was destroyed.</summary>
    public async Task<RequestSecret?> FindAsync(string request, CancellationToken cancellationToken) =>
        (await tables.GetAsync(Tables.Evidence, LedgerRows.Partition(request), LedgerRows.Secret, cancellationToken))?.Bytes(Sealed) is { } bytes ? RequestSecret.Of(keys.Open(bytes)) : null;

    /// <summary>Another may be made where the hub's copy was destroyed: the request goes on. One that is there stays.</summary>
    public async Task RenewAsync(string request, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Evidence, LedgerRows.Partition(request), LedgerRows.Secret, cancellationToken);
        if (row is not null && row.Bytes(Sealed) is null)
            await tables.DeleteAsync(Tables.Evidence, row.Partition, row.Row, row.ETag, cancellationToken);
    }

    /// <summary>Destroys the hub's copy for good; another is made for this request only if it goes on after an appeal.</summary>
    public Task DestroyAsync(string request, CancellationToken cancellationToken) =>
        tables.UpsertAsync(Tables.Evidence, new(LedgerRows.Partition(request), LedgerRows.Secret, new Dictionary<string, object>()), cancellationToken);
}
