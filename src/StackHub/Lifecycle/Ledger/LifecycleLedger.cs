using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using StackHub.Lifecycle.Journeys;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle.Ledger;

/// <summary>A person's ledger: every revision of every event, and the opportunities in which they have, or had, a role.</summary>
public sealed record StoredLedger(ImmutableArray<LifecycleEvent> Events, ImmutableArray<RecordId> Deals)
{
    public override string ToString() => $"ledger ({Events.Length} revisions)";
}

/// <summary>
/// Ledgers, which only grow, a partition a person; and heads, what was decided from them, under optimistic concurrency. Whoever decides
/// reads the head first: then a head that is still the same at the save was decided from all that was in the ledger by then.
/// </summary>
public sealed class LifecycleLedger(ITableStore tables)
{
    private const string EventPrefix = "e|";
    private const string DealPrefix = "d|";

    public async Task<StoredHead> HeadAsync(RecordId person, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Journeys, HeadPartition(person), person.ToString(), cancellationToken) is { } row ? Read(row) : new(JourneyHead.None, null);

    public async Task<StoredLedger> ReadAsync(RecordId person, CancellationToken cancellationToken)
    {
        var events = ImmutableArray.CreateBuilder<LifecycleEvent>();
        var deals = ImmutableArray.CreateBuilder<RecordId>();
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.In(PartitionOf(person)), cancellationToken))
        {
            if (row.Row.StartsWith(EventPrefix, StringComparison.Ordinal))
                events.Add(JsonSerializer.Deserialize(RowParts.Read(row), LifecycleJson.Default.LifecycleEvent)!);
            else if (row.Row.StartsWith(DealPrefix, StringComparison.Ordinal))
                deals.Add(RecordId.Parse(row.Row[DealPrefix.Length..]));
        }

        return new(events.DrainToImmutable(), deals.DrainToImmutable());
    }

    /// <summary>Adds revisions to the ledgers of those they are of; false when another worker knew something of one of them first.</summary>
    public async Task<bool> AddAsync(IEnumerable<LifecycleEvent> revisions, CancellationToken cancellationToken)
    {
        foreach (var ledger in revisions.GroupBy(said => said.Person))
            foreach (var chunk in ledger.Chunk(TableLimits.MaxBatch))
                if (!(await tables.WriteAllAsync(Tables.Lifecycle, [.. chunk.Select(said => new TableAction.Insert(Row(said)))], cancellationToken)).Done)
                    return false;
        return true;
    }

    /// <summary>What a tool's field said in its own words goes, and where it was read; what happened stays, under the record's id. How many events changed.</summary>
    public async Task<int> ForgetWordsAsync(RecordId person, CancellationToken cancellationToken)
    {
        var changed = 0;
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.Prefix(PartitionOf(person), EventPrefix), cancellationToken))
            if (JsonSerializer.Deserialize(RowParts.Read(row), LifecycleJson.Default.LifecycleEvent)! is { } said && (said.Cell is not null || said.Reason is not null))
                changed += (await tables.WriteAsync(Tables.Lifecycle, new TableAction.Replace(Row(said with { Cell = null, Reason = null }), row.ETag!), cancellationToken)).Done ? 1 : 0;
        return changed;
    }

    /// <summary>False when another worker decided meanwhile.</summary>
    public async Task<bool> SaveAsync(RecordId person, StoredHead before, JourneyHead head, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object>();
        RowParts.Put(values, Bytes(head));
        var row = new TableRow(HeadPartition(person), person.ToString(), values);
        return (await tables.WriteAsync(Tables.Journeys, before.ETag is { } etag ? new TableAction.Replace(row, etag) : new TableAction.Insert(row), cancellationToken)).Done;
    }

    /// <summary>Remembers that the person has a role in the opportunity; false when that was known.</summary>
    public async Task<bool> AddDealAsync(RecordId person, RecordId deal, CancellationToken cancellationToken) =>
        (await tables.InsertAsync(Tables.Lifecycle, new(PartitionOf(person), DealPrefix + deal, new Dictionary<string, object>()), cancellationToken)).Done;

    /// <summary>Every head in storage order, page by page; for reports.</summary>
    public async IAsyncEnumerable<(RecordId Person, JourneyHead Head)> HeadsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RowsAsync(Tables.Journeys, TableRange.All, cancellationToken))
            yield return (RecordId.Parse(row.Row), Read(row).Head);
    }

    /// <summary>Two heads that say the same, whatever their versions and times.</summary>
    public static bool AreSame(JourneyHead one, JourneyHead other) => Bytes(one).AsSpan().SequenceEqual(Bytes(other with { Version = one.Version, DecidedAt = one.DecidedAt }));

    public static byte[] Bytes(JourneyHead head) => JsonSerializer.SerializeToUtf8Bytes(head, LifecycleJson.Default.JourneyHead);

    internal static TableRow Row(LifecycleEvent said)
    {
        var values = new Dictionary<string, object>();
        RowParts.Put(values, JsonSerializer.SerializeToUtf8Bytes(said, LifecycleJson.Default.LifecycleEvent));
        return new(PartitionOf(said.Person), $"{EventPrefix}{said.Id}|{said.Revision.ToString("0000", CultureInfo.InvariantCulture)}", values);
    }

    private static StoredHead Read(TableRow row) => new(JsonSerializer.Deserialize(RowParts.Read(row), LifecycleJson.Default.JourneyHead)!, row.ETag);

    internal static string PartitionOf(RecordId person) => $"person|{person}";

    /// <summary>256 partitions by the id's random end, for reports to go through.</summary>
    private static string HeadPartition(RecordId person) => person.ToString()[^2..];
}
