using System.Globalization;
using StackHub.Storage;

namespace StackHub.Routing.Capacity;

/// <summary>A pool came to have nobody who can take a lead, or somebody again.</summary>
/// <param name="Number">Rises by one with each signal of any pool: whoever subscribes asks for those behind the last one they saw.</param>
/// <param name="Waiting">How many waited then.</param>
/// <param name="Checks">What kept its members from being chosen, and how many each, such as "away 1, cap_reached 2".</param>
public sealed record CapacitySignal(long Number, string Pool, bool IsExhausted, int Waiting, string Checks, DateTimeOffset At);

/// <summary>
/// The signals of all pools, in order, for whoever feeds leads in: a campaign is slowed down while nobody can take what it brings. A signal
/// is written once a change, together with the pool's state, so that workers who see the same thing at once say it once.
/// </summary>
public sealed class CapacitySignals(ITableStore tables, TimeProvider time)
{
    private const string Partition = "capacity";
    private const string Head = "head";
    private const int MostTries = 20;

    /// <summary>Says how the pool stands, unless that is what was said last.</summary>
    public async Task ReportAsync(string pool, bool isExhausted, int waiting, string checks, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var said = await tables.GetAsync(Tables.Routing, Partition, StateRow(pool), cancellationToken);
            if ((said?.Value<bool>("IsExhausted") ?? false) == isExhausted)
                return;
            var head = await tables.GetAsync(Tables.Routing, Partition, Head, cancellationToken);
            var number = (head?.Value<long>("Number") ?? 0) + 1;
            var signal = new CapacitySignal(number, pool, isExhausted, waiting, checks, time.GetUtcNow());
            var written = await tables.WriteAllAsync(Tables.Routing,
            [
                Write(head, new(Partition, Head, new Dictionary<string, object> { ["Number"] = number })),
                Write(said, new(Partition, StateRow(pool), new Dictionary<string, object> { ["IsExhausted"] = isExhausted })),
                new TableAction.Insert(Row(signal)),
            ], cancellationToken);
            if (written.Done)
                return;
        }

        throw new TimeoutException($"The capacity of {pool} was told by others {MostTries} times in a row.");
    }

    /// <summary>Those behind a number, the earliest first.</summary>
    public async Task<IReadOnlyList<CapacitySignal>> AfterAsync(long number, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Routing, TableRange.In(Partition, SignalRow(number + 1), SignalRow(long.MaxValue)), take, null, cancellationToken);
        return [.. page.Rows.Select(Read)];
    }

    private static TableAction Write(TableRow? before, TableRow row) => before is null ? new TableAction.Insert(row) : new TableAction.Replace(row, before.ETag!);

    private static TableRow Row(CapacitySignal signal) => new(Partition, SignalRow(signal.Number), new Dictionary<string, object>
    {
        ["Number"] = signal.Number,
        ["Pool"] = signal.Pool,
        ["IsExhausted"] = signal.IsExhausted,
        ["Waiting"] = signal.Waiting,
        ["Checks"] = signal.Checks,
        ["At"] = signal.At,
    });

    private static CapacitySignal Read(TableRow row) =>
        new(row.Value<long>("Number")!.Value, row.Text("Pool")!, row.Value<bool>("IsExhausted")!.Value, row.Value<int>("Waiting")!.Value, row.Text("Checks") ?? "", row.Value<DateTimeOffset>("At")!.Value);

    private static string StateRow(string pool) => $"pool|{pool}";

    private static string SignalRow(long number) => $"s|{number.ToString("D19", CultureInfo.InvariantCulture)}";
}
