using StackHub.Configuration;
using StackHub.Routing.Board;
using StackHub.Routing.Ledger;
using StackHub.Storage;

namespace StackHub.Routing.Signals;

/// <summary>
/// Tells once when a pool can choose nobody although leads wait, and once when it can again. What was told is a row, written after the signal
/// is kept, so that a crash in between tells it again under the same id.
/// </summary>
public sealed class CapacityWatch(RoutingLedger ledger, ITableStore tables, SignalOutbox outbox, HubModel model, TimeProvider time)
{
    private const string Partition = "capacity";

    /// <summary>Somebody looked who of the pool's leads can be given away.</summary>
    public async Task LookedAsync(string pool, CancellationToken cancellationToken)
    {
        if (model.Routing is not { Signals: not null } plan || !plan.Pools.ContainsKey(pool))
            return;
        var now = time.GetUtcNow();
        var board = PoolBoard.Of(plan, pool, (await ledger.PoolAsync(pool, cancellationToken)).State, [], now);
        var row = await tables.GetAsync(Tables.Routing, Partition, pool, cancellationToken);
        if (IsExhausted(board))
            await ExhaustedAsync(board, row, now, cancellationToken);
        else if (row is not null)
            await RestoredAsync(board, row, now, cancellationToken);
    }

    /// <summary>Whatever the lead: one that only nobody of them may have exhausts nothing.</summary>
    public static bool IsExhausted(PoolBoard board) => board.Waiting > 0 && board.Members.All(member => member.Check is not null);

    private async Task ExhaustedAsync(PoolBoard board, TableRow? row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (row is null)
        {
            row = new(Partition, board.Name, new Dictionary<string, object> { ["Since"] = now, ["Told"] = false });
            if (!(await tables.InsertAsync(Tables.Routing, row, cancellationToken)).Done)
                return; // another worker saw it first
        }

        if (row.Value<bool>("Told") == true)
            return;
        await TellAsync(RoutingSignal.Exhausted, board, Since(row), Since(row), cancellationToken);
        await tables.UpsertAsync(Tables.Routing, new(Partition, board.Name, new Dictionary<string, object> { ["Since"] = Since(row), ["Told"] = true }), cancellationToken);
    }

    private async Task RestoredAsync(PoolBoard board, TableRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await TellAsync(RoutingSignal.Restored, board, Since(row), now, cancellationToken);
        await tables.DeleteAsync(Tables.Routing, Partition, board.Name, row.ETag, cancellationToken);
    }

    private Task TellAsync(string kind, PoolBoard board, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken) =>
        outbox.AddAsync(new($"{kind.Replace('.', '-')}-{board.Name}-{since.UtcTicks}", kind, since) { Body = SignalBodies.Of(kind, board, since, at) }, cancellationToken);

    private static DateTimeOffset Since(TableRow row) => row.Value<DateTimeOffset>("Since")!.Value;
}
