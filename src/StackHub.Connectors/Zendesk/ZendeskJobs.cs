using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Background jobs: start one, wait for it, read its rows. An account has room for 30 at once, so the hub keeps to fewer of its own. From the
/// moment a job is accepted its outcome is uncertain until its rows are read.
/// </summary>
internal sealed class ZendeskJobs(ZendeskApi api, ZendeskOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim room = new(options.Jobs, options.Jobs);

    /// <summary>The rows, or null when the vendor does not allow this job (403).</summary>
    public async Task<IReadOnlyList<ZendeskRow>?> RunAsync(string operation, HttpMethod method, string path, JsonObject? body, int records, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var reply = await api.StartJobAsync(operation, method, path, body, records, cancellationToken).ConfigureAwait(false);
            if (reply.Error is not null)
                return null;
            return await RowsAsync(operation, reply.Body?.JobStatus?.Id ?? throw Lost(operation, "an accepted job without an id"), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose() => room.Dispose();

    private async Task<IReadOnlyList<ZendeskRow>> RowsAsync(string operation, string id, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var wait = options.JobPoll; ; wait = wait * 2 < LongestPoll ? wait * 2 : LongestPoll)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            var job = await LookAsync(operation, id, cancellationToken).ConfigureAwait(false);
            if (job.Status == "completed")
                return RowsOf(operation, job);
            if (job.Status is not ("queued" or "working"))
                throw Lost(operation, $"the job ended as '{job.Status}'");
            if (time.GetElapsedTime(started) > options.JobWait)
                throw Lost(operation, "the job takes too long");
        }
    }

    private async Task<ZendeskJobStatus> LookAsync(string operation, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await api.JobAsync(id, cancellationToken).ConfigureAwait(false) ?? throw Lost(operation, "the job is no longer known");
        }
        catch (VendorUnavailableException e) when (!e.Uncertain) // a read that failed, of a job that goes on
        {
            throw new VendorUnavailableException(e.System, e.Reason, e.RetryAfter, e) { Uncertain = true, NeedsPerson = e.NeedsPerson };
        }
    }

    private IReadOnlyList<ZendeskRow> RowsOf(string operation, ZendeskJobStatus job)
    {
        if (job.Results.ValueKind != JsonValueKind.Array)
            return [];
        try
        {
            return job.Results.Deserialize(ZendeskWire.Default.IReadOnlyListZendeskRow) ?? [];
        }
        catch (JsonException) // its message can quote a row
        {
            throw Lost(operation, "the job's rows are not the expected JSON");
        }
    }

    private VendorUnavailableException Lost(string operation, string reason) => api.Unavailable($"{operation}: {reason}", uncertain: true);
}
