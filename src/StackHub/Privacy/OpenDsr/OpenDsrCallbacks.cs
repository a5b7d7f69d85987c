using System.Text;
using StackHub.Configuration;
using StackHub.Privacy.Notices;
using StackHub.Storage;

namespace StackHub.Privacy.OpenDsr;

/// <summary>Finds out which controllers have to be told that a request moved, and puts a callback for each of their addresses into the outbox.</summary>
public sealed class OpenDsrCallbacks(PrivacyStore store, PrivacyRows rows, OpenDsrDesk desk, NoticeOutbox outbox, ITableStore tables, HubModel model)
{
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        if (model.Privacy.OpenDsr is null)
            return;
        var open = new List<TableRow>();
        await foreach (var mark in tables.RowsAsync(Tables.PrivacyIndex, TableRange.In(OpenDsrRows.OpenPartition), cancellationToken))
            open.Add(mark);
        foreach (var mark in open)
            await CollectAsync(mark, mark.Text("Partition")!, mark.Text("Row")!, cancellationToken);
    }

    /// <summary>The notices first, then that they were made: made twice they are one by their ids.</summary>
    private async Task CollectAsync(TableRow mark, string partition, string row, CancellationToken cancellationToken)
    {
        if ((await rows.GetAsync(partition, row, OpenDsrJson.Default.OpenDsrEntry, cancellationToken))?.Value is not { } entry
            || await store.FindAsync(RequestId.Parse(entry.Request), cancellationToken) is not { } request)
            return;
        var status = OpenDsrStatus.Of(request.State);
        if (status != entry.Told)
        {
            foreach (var (index, callback) in entry.Callbacks.Index())
                await outbox.AddAsync(Of(entry, status, index, callback, request.History.Count), cancellationToken);
            await rows.ChangeAsync(partition, row, OpenDsrJson.Default.OpenDsrEntry, known => known with { Told = status }, cancellationToken);
        }
        if (OpenDsrStatus.IsEnd(status))
            await tables.DeleteAsync(Tables.PrivacyIndex, OpenDsrRows.OpenPartition, mark.Row, null, cancellationToken);
    }

    private OutgoingNotice Of(OpenDsrEntry entry, string status, int index, Uri callback, int moves) => new(
        $"{entry.Request}|{status}|{moves}|{index}",
        "opendsr.status",
        Encoding.UTF8.GetString(OpenDsrBytes.Of(desk.StatusOf(entry, status) with { StatusCallbackUrl = callback.ToString() })))
    {
        Callback = callback,
    };
}
