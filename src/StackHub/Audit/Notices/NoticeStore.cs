using System.Text.Json;
using StackHub.Storage;

namespace StackHub.Audit.Notices;

/// <summary>Notices that wait to be delivered.</summary>
public sealed class NoticeStore(ITableStore tables, AuditPlan plan)
{
    private const string Partition = "notices";

    /// <summary>One notice for each new finding that is grave enough; added once, however often the run is made.</summary>
    public async Task AddAsync(AuditRun run, IEnumerable<Finding> findings, CancellationToken cancellationToken)
    {
        if (plan.Notify is not { } notify)
            return;
        foreach (var finding in findings.Where(finding => finding.Severity >= notify.From && FindingHistory.IsNew(finding, run.At)))
            await tables.InsertAsync(Tables.Audit, Row(new($"msg_{run.At.ToUnixTimeMilliseconds()}_{finding.Id}", Body(run, finding), 0, run.At)), cancellationToken);
    }

    public async Task<IReadOnlyList<Notice>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = new List<Notice>();
        await foreach (var row in tables.RowsAsync(Tables.Audit, TableRange.In(Partition), cancellationToken))
            if (row.Value<bool>("Done") != true && row.Value<DateTimeOffset>("NextAt") <= now)
                due.Add(new(row.Row, row.Text("Body")!, row.Value<int>("Attempts")!.Value, row.Value<DateTimeOffset>("NextAt")!.Value));
        return due;
    }

    /// <summary>It stays, marked, so that a run that is made again does not add it anew.</summary>
    public Task DoneAsync(Notice notice, CancellationToken cancellationToken) => tables.UpsertAsync(Tables.Audit, Row(notice, done: true), cancellationToken);

    public Task LaterAsync(Notice notice, CancellationToken cancellationToken) => tables.UpsertAsync(Tables.Audit, Row(notice), cancellationToken);

    private static TableRow Row(Notice notice, bool done = false) => new(Partition, notice.Id, new Dictionary<string, object>
    {
        ["Body"] = done ? "" : notice.Body,
        ["Attempts"] = notice.Attempts,
        ["NextAt"] = notice.NextAt,
        ["Done"] = done,
    });

    private static string Body(AuditRun run, Finding finding) => JsonSerializer.Serialize(new("audit.finding.opened", run.At, new(
        run.Id, finding.Id, finding.Check, finding.Subject, finding.Severity.ToString().ToLowerInvariant(), finding.Title, finding.Saving, finding.Currency,
        finding.Due is { } due ? AuditWords.Day(due) : null, finding.Evidence.ToDictionary(evidence => evidence.Name, evidence => evidence.Value))), AuditNoticeJson.Default.NoticeBody);
}
