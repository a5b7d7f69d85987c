using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Evidence;

/// <summary>
/// Append-only evidence, a hash chain a request. An entry, the new end of the chain and the note's key are written together or not at all,
/// on the end that was read; so many writers and any crash leave one chain, and a note given again is the entry it was.
/// </summary>
public sealed class EvidenceLedger(ITableStore tables, HubKeys keys, TimeProvider time)
{
    /// <summary>The chain of what the hub does beyond one request, such as purges of evidence; it is never closed.</summary>
    public const string OfTheHub = "hub";

    private const string Table = Tables.Evidence;

    /// <summary>Begins the chain of a request; the one that is there when it was begun before.</summary>
    /// <param name="subject">Whose request it is, as an id.</param>
    public async Task<LedgerHead> OpenAsync(string request, string subject, CancellationToken cancellationToken)
    {
        if (request.Contains('@', StringComparison.Ordinal) || subject.Contains('@', StringComparison.Ordinal))
            throw new ArgumentException("Evidence is kept by ids, never by an address.", nameof(subject));
        await tables.UpsertAsync(Table, new(LedgerRows.SubjectPartition(subject), request, new Dictionary<string, object>()), cancellationToken);
        var head = new LedgerHead(request, subject, 0, "", time.GetUtcNow());
        var written = await tables.InsertAsync(Table, LedgerRows.HeadRow(keys, head), cancellationToken);
        return written.Done ? head : (await HeadAsync(request, cancellationToken)).Head;
    }

    /// <summary>Appends a note, once by its key. Throws <see cref="EvidenceTamperedException"/> rather than build on a changed end.</summary>
    public async Task<EvidenceEntry> AppendAsync(string request, EvidenceNote note, CancellationToken cancellationToken)
    {
        if (note.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(note));
        while (true)
        {
            var (head, etag) = await HeadAsync(request, cancellationToken);
            if (head.Purging)
                throw new InvalidOperationException($"The evidence of request {request} is being removed: its time is over.");
            var (sequence, at) = (head.Count + 1, time.GetUtcNow());
            var bytes = EntryBytes.Write(request, sequence, note, at, head.Hash);
            var hash = EntryBytes.Hash(bytes);
            var written = await tables.WriteAllAsync(Table,
            [
                new TableAction.Insert(LedgerRows.Key(request, note.Key, sequence)),
                new TableAction.Replace(LedgerRows.HeadRow(keys, head with { Count = sequence, Hash = hash }), etag),
                new TableAction.Insert(LedgerRows.Entry(keys, request, sequence, bytes)),
            ], cancellationToken);
            if (written.Done)
                return new(request, sequence, note, at, head.Hash, hash);
            if (await FindAsync(request, note.Key, cancellationToken) is { } there)
                return there;
            if (written.Status == TableStatus.Exists && written.FailedAt == 2)
                throw new EvidenceTamperedException(request, new(LedgerFaultKind.RolledBack, head.Count));
        }
    }

    /// <summary>The entry of a note's key; null before there is one.</summary>
    public async Task<EvidenceEntry?> FindAsync(string request, string key, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Table, LedgerRows.Partition(request), LedgerRows.KeyRow(key), cancellationToken) is not { } row)
            return null;
        var sequence = row.Value<int>("Sequence")!.Value;
        var entry = await tables.GetAsync(Table, LedgerRows.Partition(request), LedgerRows.EntryRow(sequence), cancellationToken);
        return (entry is null ? null : LedgerRows.ReadTrusted(keys, request, sequence, entry))
            ?? throw new EvidenceTamperedException(request, new(entry is null ? LedgerFaultKind.EntryMissing : LedgerFaultKind.EntryChanged, sequence));
    }

    /// <summary>The whole chain and all that is wrong with it; without a head when the request has none.</summary>
    /// <param name="anchor">An end seen before, from a receipt.</param>
    public async Task<LedgerVerdict> CheckAsync(string request, LedgerAnchor? anchor, CancellationToken cancellationToken)
    {
        var rows = new List<TableRow>();
        await foreach (var row in tables.RowsAsync(Table, TableRange.In(LedgerRows.Partition(request)), cancellationToken))
            rows.Add(row);
        return LedgerCheck.Of(request, rows, keys, anchor);
    }

    /// <summary>The request is done: its evidence is kept until that day. A later day wins over an earlier one.</summary>
    public async Task CloseAsync(string request, DateOnly keepUntil, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (head, etag) = await HeadAsync(request, cancellationToken);
            var until = head.KeepUntil > keepUntil ? head.KeepUntil.Value : keepUntil;
            // The reminder goes first: a crash in between leaves one that finds nothing to do, never evidence that is kept for ever.
            await tables.UpsertAsync(Table, new(LedgerRows.DuePartition(until), request, new Dictionary<string, object>()), cancellationToken);
            var closed = head with { ClosedAt = head.ClosedAt ?? time.GetUtcNow(), KeepUntil = until };
            if (closed == head || (await tables.WriteAsync(Table, new TableAction.Replace(LedgerRows.HeadRow(keys, closed), etag), cancellationToken)).Done)
                return;
        }
    }

    /// <summary>Takes the request up again, such as when the person came back after it was done.</summary>
    public async Task ReopenAsync(string request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (head, etag) = await HeadAsync(request, cancellationToken);
            if (head.ClosedAt is null || (await tables.WriteAsync(Table, new TableAction.Replace(LedgerRows.HeadRow(keys, head with { ClosedAt = null, KeepUntil = null }), etag), cancellationToken)).Done)
                return;
        }
    }

    /// <summary>Keeps the signed receipt with the evidence; it names nobody.</summary>
    public async Task SaveReceiptAsync(string request, string receipt, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object>();
        RowParts.Put(values, System.Text.Encoding.ASCII.GetBytes(receipt));
        await tables.UpsertAsync(Table, new(LedgerRows.Partition(request), LedgerRows.Receipt, values), cancellationToken);
    }

    public async Task<string?> ReceiptAsync(string request, CancellationToken cancellationToken) =>
        await tables.GetAsync(Table, LedgerRows.Partition(request), LedgerRows.Receipt, cancellationToken) is { } row ? System.Text.Encoding.ASCII.GetString(RowParts.Read(row)) : null;

    private async Task<(LedgerHead Head, string ETag)> HeadAsync(string request, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Table, LedgerRows.Partition(request), LedgerRows.Head, cancellationToken)
            ?? throw new InvalidOperationException($"Request {request} has no evidence yet: open its chain first.");
        return (LedgerRows.ReadTrustedHead(keys, request, row) ?? throw new EvidenceTamperedException(request, new(LedgerFaultKind.HeadChanged, 0)), row.ETag!);
    }
}
