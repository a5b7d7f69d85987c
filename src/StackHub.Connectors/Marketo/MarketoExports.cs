using System.Runtime.CompilerServices;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// One field of all leads, by bulk exports: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/bulk-extract/bulk-lead-extract.
/// An export covers at most 31 days of creation; a smart list, where the subscription allows that, covers all at once.
/// </summary>
internal sealed class MarketoExports(MarketoApi api, MarketoOptions options, TimeProvider time)
{
    private static readonly TimeSpan QueueWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SoonestPoll = TimeSpan.FromMilliseconds(20);

    public async IAsyncEnumerable<MarketoExportPage> PagesAsync(string field, string? checkpoint, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = MarketoExportPlace.Parse(checkpoint) ?? First();
        while (place is not null)
        {
            var (job, rows) = await RowsAsync(field, place, cancellationToken).ConfigureAwait(false);
            if (job != place.Job) // another file may have another order
                place = place with { Job = job, Done = 0 };
            do
            {
                var page = rows.Skip(place.Done).Take(options.Batch).ToList();
                place = place with { Done = place.Done + page.Count };
                var next = place.Done < rows.Count ? place : place.After(time.GetUtcNow());
                yield return new(page, next?.ToString());
            }
            while (place.Done < rows.Count);
            place = place.After(time.GetUtcNow());
        }
    }

    private MarketoExportPlace First() => options.ExportSmartList is null
        ? MarketoExportPlace.Starting(options.LeadsSince, time.GetUtcNow())
        : new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, IsLast: true);

    private async Task<(string Job, IReadOnlyList<string> Rows)> RowsAsync(string field, MarketoExportPlace place, CancellationToken cancellationToken)
    {
        if (place.Job is { Length: > 0 } known && await IsCompleteAsync(known, cancellationToken).ConfigureAwait(false) == true)
            return (known, Rows(await api.ExportFileAsync(known, cancellationToken).ConfigureAwait(false)));
        var job = await StartAsync(field, place, cancellationToken).ConfigureAwait(false);
        while (await IsCompleteAsync(job, cancellationToken).ConfigureAwait(false) != true)
            await Task.Delay(options.ExportPoll > SoonestPoll ? options.ExportPoll : SoonestPoll, time, cancellationToken).ConfigureAwait(false);
        return (job, Rows(await api.ExportFileAsync(job, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<string> StartAsync(string field, MarketoExportPlace place, CancellationToken cancellationToken)
    {
        var filter = options.ExportSmartList is { } list ? new MarketoExportFilter(null, list) : new(new(MarketoTime.Text(place.From), MarketoTime.Text(place.To)), null);
        var created = Allowed(await api.CreateExportAsync(new([field], filter), cancellationToken).ConfigureAwait(false), "leads.exportCreate");
        var id = created.Result is [var job, ..] ? job.Text("exportId") : null;
        Allowed(await api.EnqueueExportAsync(id ?? throw api.Unavailable("leads.exportCreate: an answer without a job"), cancellationToken).ConfigureAwait(false), "leads.exportEnqueue");
        return id;
    }

    /// <summary>1029 is the queue that is full, or the day's megabytes that are used up, which come back at midnight.</summary>
    private MarketoReply Allowed(MarketoReply reply, string operation) => reply.Error switch
    {
        { Code: "1029" } error when error.Message?.Contains("quota", StringComparison.OrdinalIgnoreCase) == true =>
            throw api.Unavailable($"{operation}: error 1029, the day's export quota is used up", MarketoQuota.UntilReset(time.GetUtcNow())),
        { Code: "1029" } => throw api.Unavailable($"{operation}: error 1029, too many exports are waiting", QueueWait),
        _ => api.Required(reply, operation),
    };

    /// <summary>Null when the job is not known any more.</summary>
    private async Task<bool?> IsCompleteAsync(string id, CancellationToken cancellationToken)
    {
        var reply = await api.ExportStatusAsync(id, cancellationToken).ConfigureAwait(false);
        return (reply.Result is [var job, ..] ? job.Status : null) switch
        {
            null => null,
            "Completed" => true,
            "Failed" or "Canceled" or "Cancelled" => throw api.Unavailable("leads.exportStatus: the export failed", QueueWait),
            _ => false,
        };
    }

    /// <summary>The values of a file with one column; a blank is the bare word null.</summary>
    internal static List<string> Rows(string csv) =>
        [.. csv.Split('\n').Skip(1).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line != "null").Select(Unquoted)];

    private static string Unquoted(string cell) =>
        cell is ['"', .., '"'] && cell.Length > 1 ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cell;
}

/// <param name="Checkpoint">Goes on after these values; null on the last page.</param>
internal sealed record MarketoExportPage(IReadOnlyList<string> Values, string? Checkpoint);
