using System.Globalization;
using System.Text;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Routing.Signals;

/// <summary>Signals that wait. One is kept before it is sent and removed when it was taken, so it is told at least once; that it was is remembered for a month, so that what is decided again is not told again.</summary>
public sealed class SignalOutbox(ITableStore tables, TimeProvider time)
{
    private const string Waiting = "signals";
    private const string Told = "told";
    private const int ForgottenAtOnce = 100;

    private const int MostDue = 100;

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public async Task AddAsync(RoutingSignal signal, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Tables.Routing, Told, KeyOf(signal), cancellationToken) is null)
            await tables.InsertAsync(Tables.Routing, Row(new(signal, 0, time.GetUtcNow(), time.GetUtcNow(), "")), cancellationToken);
    }

    /// <summary>Those whose time has come, the earliest first.</summary>
    public async Task<IReadOnlyList<WaitingSignal>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = new List<WaitingSignal>();
        await foreach (var row in tables.RowsAsync(Tables.Routing, TableRange.In(Waiting), cancellationToken))
        {
            if (row.Value<DateTimeOffset>("NextAt") <= now)
                due.Add(Read(row));
            if (due.Count == MostDue)
                break;
        }

        return due;
    }

    /// <summary>It was taken, or is not to be told any more.</summary>
    public async Task DoneAsync(WaitingSignal waiting, CancellationToken cancellationToken)
    {
        await tables.UpsertAsync(Tables.Routing, new(Told, KeyOf(waiting.Signal), new Dictionary<string, object>()), cancellationToken);
        await tables.DeleteAsync(Tables.Routing, Waiting, KeyOf(waiting.Signal), null, cancellationToken);
    }

    /// <summary>Of two that failed at once one is enough.</summary>
    public Task LaterAsync(WaitingSignal waiting, DateTimeOffset at, CancellationToken cancellationToken) =>
        tables.WriteAsync(Tables.Routing, new TableAction.Replace(Row(waiting with { Tries = waiting.Tries + 1, NextAt = at }), waiting.ETag), cancellationToken);

    /// <summary>Forgets what was told long ago, a part at a time.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var old = await tables.QueryAsync(Tables.Routing, TableRange.In(Told, null, Ticks(time.GetUtcNow() - Remembered)), ForgottenAtOnce, null, cancellationToken);
        foreach (var row in old.Rows)
            await tables.DeleteAsync(Tables.Routing, Told, row.Row, null, cancellationToken);
    }

    private static TableRow Row(WaitingSignal waiting)
    {
        var signal = waiting.Signal;
        var values = new Dictionary<string, object> { ["Id"] = signal.Id, ["Kind"] = signal.Kind, ["At"] = signal.At, ["Tries"] = waiting.Tries, ["NextAt"] = waiting.NextAt, ["Since"] = waiting.Since };
        if (signal.Lead is { } lead)
            (values["Lead"], values["Attempt"]) = (lead.ToString(), signal.Attempt);
        if (signal.Body is { } body)
            RowParts.Put(values, Encoding.UTF8.GetBytes(body));
        return new(Waiting, KeyOf(signal), values);
    }

    private static WaitingSignal Read(TableRow row) => new(
        new(row.Text("Id")!, row.Text("Kind")!, row.Value<DateTimeOffset>("At")!.Value)
        {
            Lead = RecordId.TryParse(row.Text("Lead")),
            Attempt = row.Value<int>("Attempt") ?? 0,
            Body = row.Bytes("D0") is null ? null : Encoding.UTF8.GetString(RowParts.Read(row)),
        },
        row.Value<int>("Tries")!.Value, row.Value<DateTimeOffset>("NextAt")!.Value, row.Value<DateTimeOffset>("Since")!.Value, row.ETag!);

    /// <summary>In the order in which it happened.</summary>
    private static string KeyOf(RoutingSignal signal) => $"{Ticks(signal.At)}|{signal.Id}";

    private static string Ticks(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
