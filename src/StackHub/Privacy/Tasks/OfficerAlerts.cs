using Microsoft.Extensions.Logging;
using StackHub.Storage;

namespace StackHub.Privacy.Tasks;

/// <summary>Something an officer must look at: ids and a code.</summary>
public sealed record OfficerAlert(RequestId Request, string Task, string Code, DateTimeOffset At);

/// <summary>What officers are told, newest first on their page; the same thing is told once a day until they act.</summary>
public sealed class OfficerAlerts(ITableStore tables, TimeProvider time, ILogger<OfficerAlerts> logger)
{
    private const string Partition = "alert";

    public async Task RaiseAsync(RequestId request, string task, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = new TableRow(Partition, $"{now:yyyyMMdd}-{request}-{task}-{code}".Replace('/', '-'), new Dictionary<string, object> { ["Request"] = request.ToString(), ["Task"] = task, ["Code"] = code, ["At"] = now });
        if ((await tables.InsertAsync(Tables.PrivacyIndex, row, cancellationToken)).Done)
            logger.OfficerNeeded(request, task, code);
    }

    public async Task<IReadOnlyList<OfficerAlert>> ListAsync(CancellationToken cancellationToken)
    {
        var alerts = new List<OfficerAlert>();
        await foreach (var row in tables.RowsAsync(Tables.PrivacyIndex, TableRange.In(Partition), cancellationToken))
            alerts.Add(new(RequestId.Parse(row.Text("Request")!), row.Text("Task")!, row.Text("Code")!, row.Value<DateTimeOffset>("At")!.Value));
        return [.. alerts.OrderByDescending(alert => alert.At)];
    }
}
