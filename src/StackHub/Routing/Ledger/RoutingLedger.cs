using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Records;
using StackHub.Routing.Pools;
using StackHub.Storage;

namespace StackHub.Routing.Ledger;

/// <summary>A pool's memory and its version; without one the pool was never asked.</summary>
public sealed record StoredPool(PoolState State, string? ETag);

/// <summary>A kept decision, its version, and the pool beside whose memory it is kept (null: with the lead).</summary>
public sealed record StoredEntry(LedgerEntry Entry, string ETag, string? KeptWith)
{
    /// <summary>What stands beside a decision that is kept with the lead.</summary>
    internal byte[]? Inputs { get; init; }
}

/// <summary>A decision as it is kept, and what it was decided from; null when that was not kept, or is erased.</summary>
public sealed record RecordedEntry(LedgerEntry Entry, RoutingInputs? Inputs);

/// <summary>What a routing of a lead is bound to: a pool that decides it, or the decision that is there already.</summary>
public readonly record struct Binding(string? Pool, LedgerEntry? Entry);

/// <summary>
/// Decisions and pools. A pool's memory and the decisions it made are one partition, so that a turn and its lead are written together or not
/// at all; a row of the lead's own says, before that, which pool may decide.
/// </summary>
public sealed class RoutingLedger(ITableStore tables)
{
    /// <summary>Where those wait whom no rule decides.</summary>
    public const string Holding = "(holding)";

    /// <summary>Under which decisions are listed that used no pool.</summary>
    public const string Owned = "(owned)";

    private const string StateRow = "state";
    private const string Pool = "Pool";
    private const string Waiting = "waiting";
    private const string Count = "Waiting";
    private const string Inputs = "Inputs";
    private const string AllPools = "all|";
    private const string LogPrefix = "log|";

    /// <summary>Pools that are known to be listed as having had somebody wait.</summary>
    private readonly ConcurrentDictionary<string, bool> listed = new(StringComparer.Ordinal);

    /// <summary>Binds this routing of the lead to a pool, for good, unless it is bound or decided already.</summary>
    public async Task<Binding> BindAsync(LeadCase lead, string pool, RoutingInputs inputs, CancellationToken cancellationToken)
    {
        var (partition, row) = (PartitionOf(lead.Lead), AttemptRow(lead.Attempt));
        var written = await tables.InsertAsync(Tables.Routing, With(inputs.Bytes(), new(partition, row, new Dictionary<string, object> { [Pool] = pool })), cancellationToken);
        return written.Done ? new(pool, null) : await BoundAsync(partition, row, cancellationToken);
    }

    /// <summary>A decision that uses no pool, unless the routing is bound or decided already.</summary>
    /// <param name="inputs">Null where nothing was asked: a person said so.</param>
    public async Task<Binding> DecideAsync(LedgerEntry entry, RoutingInputs? inputs, CancellationToken cancellationToken)
    {
        var (partition, row) = (PartitionOf(entry.Lead), AttemptRow(entry.Attempt));
        var written = await tables.InsertAsync(Tables.Routing, With(inputs?.Bytes(), Row(partition, row, entry)), cancellationToken);
        var binding = written.Done ? new(null, entry) : await BoundAsync(partition, row, cancellationToken);
        if (binding.Entry is { } kept)
            await tables.UpsertAsync(Tables.Routing, Listed(Owned, kept), cancellationToken);
        return binding;
    }

    public async Task<StoredPool> PoolAsync(string pool, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Routing, PartitionOf(pool), StateRow, cancellationToken);
        return row is null ? new(PoolState.Empty, null) : new(ReadState(row), row.ETag);
    }

    /// <summary>The turn and the decision, together: the entry as it is kept, another worker's when that was first, or null when the pool changed meanwhile.</summary>
    public async Task<LedgerEntry?> DecideAsync(string pool, StoredPool before, PoolState after, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(pool);
        var kept = entry.State == LedgerState.Held ? entry with { Pool = pool, HeldRow = HeldRow(entry) } : entry;
        List<TableAction> actions = [StateWrite(partition, before, after.Waits(kept.HeldRow is null ? 0 : 1)), new TableAction.Insert(Row(partition, LeadRow(entry.Lead, entry.Attempt), kept)), new TableAction.Upsert(Listed(pool, kept))];
        await ListAsync(pool, isNew: before.ETag is null, isWaiting: kept.HeldRow is not null, cancellationToken);
        if (kept.HeldRow is { } held)
            actions.Add(new TableAction.Insert(Pointer(partition, held, entry)));

        var written = await tables.WriteAllAsync(Tables.Routing, actions, cancellationToken);
        return written.Done ? kept : (await FindAsync(pool, entry.Lead, entry.Attempt, cancellationToken))?.Entry;
    }

    /// <summary>Turns a held entry into a decision, once: false when it, or the pool, changed meanwhile.</summary>
    public async Task<bool> ReleaseAsync(string pool, StoredPool before, PoolState after, StoredEntry held, LedgerEntry decided, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(pool);
        var written = await tables.WriteAllAsync(Tables.Routing,
        [
            StateWrite(partition, before, after.Waits(-1)),
            new TableAction.Replace(Row(partition, LeadRow(decided.Lead, decided.Attempt), decided), held.ETag),
            new TableAction.Delete(partition, held.Entry.HeldRow!),
            new TableAction.Upsert(Listed(pool, decided)),
        ], cancellationToken);
        return written.Done;
    }

    /// <summary>Ends a decision, and what the pool remembers of it, together: false when either changed meanwhile.</summary>
    /// <param name="after">The pool's memory afterwards; null where the decision is kept with the lead.</param>
    public async Task<bool> EndAsync(StoredEntry entry, LedgerEntry ended, (StoredPool Before, PoolState After)? after, CancellationToken cancellationToken)
    {
        if (entry.KeptWith is not { } pool || after is not { } memory)
            return (await tables.WriteAsync(Tables.Routing, new TableAction.Replace(With(entry.Inputs, Row(PartitionOf(ended.Lead), AttemptRow(ended.Attempt), ended)), entry.ETag), cancellationToken)).Done;
        var partition = PartitionOf(pool);
        var isHeld = entry.Entry is { State: LedgerState.Held, HeldRow: not null };
        List<TableAction> actions = [StateWrite(partition, memory.Before, memory.After.Waits(isHeld ? -1 : 0)), new TableAction.Replace(Row(partition, LeadRow(ended.Lead, ended.Attempt), ended), entry.ETag)];
        if (isHeld)
            actions.Add(new TableAction.Delete(partition, entry.Entry.HeldRow!));
        return (await tables.WriteAllAsync(Tables.Routing, actions, cancellationToken)).Done;
    }

    /// <summary>A decision wherever it is kept; null before there is one.</summary>
    public async Task<StoredEntry?> FindAsync(RecordId lead, int attempt, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Routing, PartitionOf(lead), AttemptRow(attempt), cancellationToken) is { } row ? await ResolveAsync(row, lead, attempt, cancellationToken) : null;

    /// <summary>
    /// The lead's last routing: its number (0 before the first), and its decision, which a crash may have left out. Where that was to follow
    /// one that was released, it is the released one: who has to have it next, and by whose order, stands there alone.
    /// </summary>
    public async Task<(int Attempt, StoredEntry? Entry)> LastAsync(RecordId lead, CancellationToken cancellationToken)
    {
        var rows = await AttemptsAsync(lead, cancellationToken);
        if (rows is not [.., var last])
            return (0, null);
        var entry = await ResolveAsync(last, lead, AttemptOf(last), cancellationToken);
        if (entry is null && rows is [.., var before, _] && await ResolveAsync(before, lead, AttemptOf(before), cancellationToken) is { Entry.State: LedgerState.Released } released)
            return (AttemptOf(before), released);
        return (AttemptOf(last), entry);
    }

    /// <summary>Every routing of a lead, the first one first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> OfAsync(RecordId lead, CancellationToken cancellationToken)
    {
        var entries = new List<LedgerEntry>();
        foreach (var row in await AttemptsAsync(lead, cancellationToken))
            if (await ResolveAsync(row, lead, AttemptOf(row), cancellationToken) is { } entry)
                entries.Add(entry.Entry);
        return entries;
    }

    /// <summary>Those who wait for a pool, the longest first.</summary>
    public async Task<IReadOnlyList<(RecordId Lead, int Attempt)>> HeldAsync(string pool, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Routing, TableRange.Prefix(PartitionOf(pool), "held|"), take, null, cancellationToken);
        return [.. page.Rows.Select(Pointed)];
    }

    /// <summary>The pools for which somebody waits or once waited.</summary>
    public async Task<IReadOnlyList<string>> WaitingPoolsAsync(CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Routing, TableRange.In(Waiting), TableLimits.MaxTake, null, cancellationToken);
        return [.. page.Rows.Select(row => row.Row).Where(row => !row.StartsWith(AllPools, StringComparison.Ordinal))];
    }

    /// <summary>Every pool that ever decided, those that the file no longer has among them.</summary>
    public async Task<IReadOnlyList<string>> PoolsAsync(CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Routing, TableRange.Prefix(Waiting, AllPools), TableLimits.MaxTake, null, cancellationToken);
        return [.. page.Rows.Select(row => row.Row[AllPools.Length..])];
    }

    /// <summary>What was decided, or waited, from a moment on, in no particular order; one that waited and was decided then comes twice.</summary>
    public async IAsyncEnumerable<(RecordId Lead, int Attempt)> SinceAsync(string pool, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RowsAsync(Tables.Routing, TableRange.In(PartitionOf(pool), LogPrefix, LogRow(since.AddTicks(-1))), cancellationToken))
            yield return Pointed(row);
    }

    /// <summary>A decision with what it was decided from; null before there is one.</summary>
    public async Task<RecordedEntry?> RecordedAsync(RecordId lead, int attempt, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Tables.Routing, PartitionOf(lead), AttemptRow(attempt), cancellationToken) is not { } row || await ResolveAsync(row, lead, attempt, cancellationToken) is not { } stored)
            return null;
        return new(stored.Entry, row.Bytes(Inputs) is { } bytes ? RoutingInputs.Read(bytes) : null);
    }

    /// <summary>Forgets what a lead's routings were decided from: how many there were. What was decided stays.</summary>
    public async Task<int> ForgetInputsAsync(RecordId lead, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        foreach (var row in await AttemptsAsync(lead, cancellationToken))
            forgotten += await ForgetInputsAsync(row, cancellationToken) ? 1 : 0;
        return forgotten;
    }

    /// <summary>The latest decisions of a pool, the newest first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> RecentAsync(string pool, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Routing, TableRange.Prefix(PartitionOf(pool), LogPrefix), take, null, cancellationToken);
        var entries = await Task.WhenAll(page.Rows.Select(Pointed).Distinct().Select(one => FindAsync(one.Lead, one.Attempt, cancellationToken)));
        return [.. entries.OfType<StoredEntry>().Select(stored => stored.Entry)];
    }

    /// <summary>Until the row has none: a decision that ends at the same time would bring them back.</summary>
    private async Task<bool> ForgetInputsAsync(TableRow? row, CancellationToken cancellationToken)
    {
        var had = false;
        while (row?.Bytes(Inputs) is not null)
        {
            had = true;
            var left = row with { Values = row.Values.Where(value => value.Key != Inputs).ToDictionary(), ETag = null };
            if ((await tables.WriteAsync(Tables.Routing, new TableAction.Replace(left, row.ETag!), cancellationToken)).Done)
                break;
            row = await tables.GetAsync(Tables.Routing, row.Partition, row.Row, cancellationToken);
        }

        return had;
    }

    private async Task<Binding> BoundAsync(string partition, string row, CancellationToken cancellationToken)
    {
        var there = await tables.GetAsync(Tables.Routing, partition, row, cancellationToken) ?? throw new InvalidOperationException("A routing that was there is gone.");
        return there.Text(Pool) is { } pool ? new(pool, null) : new(null, Read(there, null).Entry);
    }

    private async Task<IReadOnlyList<TableRow>> AttemptsAsync(RecordId lead, CancellationToken cancellationToken) =>
        (await tables.QueryAsync(Tables.Routing, TableRange.In(PartitionOf(lead)), TableLimits.MaxTake, null, cancellationToken)).Rows;

    private async Task<StoredEntry?> ResolveAsync(TableRow row, RecordId lead, int attempt, CancellationToken cancellationToken) =>
        row.Text(Pool) is { } pool ? await FindAsync(pool, lead, attempt, cancellationToken) : Read(row, null);

    private async Task<StoredEntry?> FindAsync(string pool, RecordId lead, int attempt, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Routing, PartitionOf(pool), LeadRow(lead, attempt), cancellationToken) is { } row ? Read(row, pool) : null;

    /// <summary>Before anything is decided or anybody waits there, so that nobody waits where no one looks, and no decision is where none is looked for.</summary>
    private async Task ListAsync(string pool, bool isNew, bool isWaiting, CancellationToken cancellationToken)
    {
        isWaiting &= !listed.ContainsKey(pool);
        TableRow[] rows = [.. ((string?[])[isNew ? AllPools + pool : null, isWaiting ? pool : null]).OfType<string>().Select(row => new TableRow(Waiting, row, new Dictionary<string, object>()))];
        if (rows is [var row])
            await tables.UpsertAsync(Tables.Routing, row, cancellationToken);
        else if (rows.Length > 0)
            await tables.WriteAllAsync(Tables.Routing, [.. rows.Select(one => new TableAction.Upsert(one))], cancellationToken);
        if (isWaiting)
            listed[pool] = true;
    }

    private static TableAction StateWrite(string partition, StoredPool before, PoolState after)
    {
        var members = after.Members.Select(member => new KeptMember(member.Key.Name, member.Value)).ToImmutableArray();
        var values = new Dictionary<string, object>();
        if (after.Waiting > 0)
            values[Count] = after.Waiting;
        RowParts.Put(values, JsonSerializer.SerializeToUtf8Bytes(members, LedgerJson.Default.ImmutableArrayKeptMember));
        var row = new TableRow(partition, StateRow, values);
        return before.ETag is { } etag ? new TableAction.Replace(row, etag) : new TableAction.Insert(row);
    }

    private static PoolState ReadState(TableRow row)
    {
        var members = MemberDictionary.Empty.Changing();
        foreach (var member in JsonSerializer.Deserialize(RowParts.Read(row), LedgerJson.Default.ImmutableArrayKeptMember))
            members[new(member.Owner)] = member.State;
        return new(members.Done()) { Waiting = row.Value<int>(Count) ?? 0 };
    }

    private static TableRow Row(string partition, string row, LedgerEntry entry)
    {
        var values = new Dictionary<string, object>();
        RowParts.Put(values, JsonSerializer.SerializeToUtf8Bytes(entry, LedgerJson.Default.LedgerEntry));
        return new(partition, row, values);
    }

    private static TableRow With(byte[]? inputs, TableRow row) => inputs is null ? row : row with { Values = new Dictionary<string, object>(row.Values) { [Inputs] = inputs } };

    private static TableRow Pointer(string partition, string row, LedgerEntry entry) =>
        new(partition, row, new Dictionary<string, object> { ["Lead"] = entry.Lead.ToString(), ["Attempt"] = entry.Attempt });

    /// <summary>The newest first.</summary>
    private static TableRow Listed(string pool, LedgerEntry entry) =>
        Pointer(PartitionOf(pool), $"{LogRow(entry.Trace.At)}|{entry.Lead}|{AttemptRow(entry.Attempt)}", entry);

    private static string LogRow(DateTimeOffset at) => $"{LogPrefix}{DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks:D19}";

    private static (RecordId Lead, int Attempt) Pointed(TableRow row) => (RecordId.Parse(row.Text("Lead")!), row.Value<int>("Attempt")!.Value);

    private static StoredEntry Read(TableRow row, string? pool) => new(JsonSerializer.Deserialize(RowParts.Read(row), LedgerJson.Default.LedgerEntry)!, row.ETag!, pool) { Inputs = row.Bytes(Inputs) };

    private static string PartitionOf(string pool) => $"pool|{pool}";

    private static string PartitionOf(RecordId lead) => $"lead|{lead}";

    private static string AttemptRow(int attempt) => attempt.ToString("0000", CultureInfo.InvariantCulture);

    private static int AttemptOf(TableRow row) => int.Parse(row.Row, CultureInfo.InvariantCulture);

    private static string LeadRow(RecordId lead, int attempt) => $"lead|{lead}|{AttemptRow(attempt)}";

    /// <summary>In the order in which they came.</summary>
    private static string HeldRow(LedgerEntry entry) => $"held|{entry.Trace.At.UtcTicks:D19}|{entry.Lead}|{AttemptRow(entry.Attempt)}";
}
