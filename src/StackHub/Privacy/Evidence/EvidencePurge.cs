using StackHub.Storage;

namespace StackHub.Privacy.Evidence;

/// <summary>Why a request's evidence stays, or goes.</summary>
public enum PurgeDecision
{
    Purge,
    RequestOpen,
    NotYet,

    /// <summary>Another request of the same person is open, and may need it.</summary>
    SubjectHasOpenRequest,
}

/// <summary>How long evidence lives.</summary>
public static class EvidenceRetention
{
    /// <summary>What California demands; the longest of the laws known here, so the least for all.</summary>
    public const int LeastMonths = 24;

    public static DateOnly KeepUntil(DateOnly answered, int months) => answered.AddMonths(Math.Max(months, LeastMonths));

    public static PurgeDecision Decide(LedgerHead head, IEnumerable<LedgerHead> ofSubject, DateOnly today)
    {
        if (head.ClosedAt is null)
            return PurgeDecision.RequestOpen;
        if (head.KeepUntil is not { } until || today < until)
            return PurgeDecision.NotYet;
        return ofSubject.Any(other => other.Request != head.Request && other.ClosedAt is null) ? PurgeDecision.SubjectHasOpenRequest : PurgeDecision.Purge;
    }
}

/// <summary>Removes evidence whose time is over, and says so in the hub's own chain. Safe to run again, anywhere, after any crash.</summary>
public sealed class EvidencePurge(ITableStore tables, Security.HubKeys keys, EvidenceLedger ledger, TimeProvider time)
{
    private const string Table = Tables.Evidence;

    /// <summary>How many requests' evidence went.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var due = new List<TableRow>();
        await foreach (var row in tables.RowsAsync(Table, TableRange.Partitions("due|", LedgerRows.DuePartition(today.AddDays(1))), cancellationToken))
            due.Add(row);
        var purged = 0;
        foreach (var reminder in due)
            purged += await PurgeAsync(reminder, today, cancellationToken) ? 1 : 0;
        return purged;
    }

    private async Task<bool> PurgeAsync(TableRow reminder, DateOnly today, CancellationToken cancellationToken)
    {
        var request = reminder.Row;
        if (await HeadAsync(request, cancellationToken) is not var (head, etag))
        {
            await tables.DeleteAsync(Table, reminder.Partition, reminder.Row, null, cancellationToken);
            return false;
        }
        var decision = EvidenceRetention.Decide(head, await OfSubjectAsync(head.Subject, cancellationToken), today);
        if (decision is PurgeDecision.NotYet or PurgeDecision.RequestOpen) // it has a reminder of its own for the later day, or gets one when it is closed
            await tables.DeleteAsync(Table, reminder.Partition, reminder.Row, null, cancellationToken);
        if (decision != PurgeDecision.Purge)
            return false;
        if (!head.Purging && !(await tables.WriteAsync(Table, new TableAction.Replace(LedgerRows.HeadRow(keys, head with { Purging = true }), etag), cancellationToken)).Done)
            return false; // somebody appended just now: the next run decides again
        await RemoveAsync(head, cancellationToken);
        await tables.DeleteAsync(Table, reminder.Partition, reminder.Row, null, cancellationToken);
        return true;
    }

    /// <summary>The note first and the head last, so that a crash in between never looks like tampering.</summary>
    private async Task RemoveAsync(LedgerHead head, CancellationToken cancellationToken)
    {
        var note = new EvidenceNote($"purged|{head.Request}", EvidenceKinds.EvidencePurged, "hub").With("request", head.Request).With("entries", $"{head.Count}").With("head", head.Count == 0 ? "none" : head.Hash);
        await ledger.OpenAsync(EvidenceLedger.OfTheHub, EvidenceLedger.OfTheHub, cancellationToken);
        await ledger.AppendAsync(EvidenceLedger.OfTheHub, note, cancellationToken);
        var partition = LedgerRows.Partition(head.Request);
        var rows = new List<string>();
        await foreach (var row in tables.RowsAsync(Table, TableRange.In(partition), cancellationToken))
            if (row.Row != LedgerRows.Head)
                rows.Add(row.Row);
        foreach (var chunk in rows.Chunk(TableLimits.MaxBatch))
            await DeleteAllAsync(partition, chunk, cancellationToken);
        await tables.DeleteAsync(Table, LedgerRows.SubjectPartition(head.Subject), head.Request, null, cancellationToken);
        await tables.DeleteAsync(Table, partition, LedgerRows.Head, null, cancellationToken);
    }

    /// <summary>Together where nobody else deletes them too; one by one where somebody does.</summary>
    private async Task DeleteAllAsync(string partition, string[] rows, CancellationToken cancellationToken)
    {
        var written = await tables.WriteAllAsync(Table, [.. rows.Select(row => new TableAction.Delete(partition, row))], cancellationToken);
        if (written.Done)
            return;
        foreach (var row in rows)
            await tables.DeleteAsync(Table, partition, row, null, cancellationToken);
    }

    private async Task<IReadOnlyList<LedgerHead>> OfSubjectAsync(string subject, CancellationToken cancellationToken)
    {
        var heads = new List<LedgerHead>();
        await foreach (var row in tables.RowsAsync(Table, TableRange.In(LedgerRows.SubjectPartition(subject)), cancellationToken))
            if (await HeadAsync(row.Row, cancellationToken) is var (head, _))
                heads.Add(head);
        return heads;
    }

    /// <summary>Null when there is none, or when it was changed: what was tampered with is kept for whoever looks into it.</summary>
    private async Task<(LedgerHead Head, string ETag)?> HeadAsync(string request, CancellationToken cancellationToken) =>
        await tables.GetAsync(Table, LedgerRows.Partition(request), LedgerRows.Head, cancellationToken) is { } row && LedgerRows.ReadTrustedHead(keys, request, row) is { } head ? (head, row.ETag!) : null;
}
