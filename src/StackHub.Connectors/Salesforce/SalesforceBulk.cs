using System.Text;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Salesforce;

/// <summary>Bulk API 2.0, as far as deleting for good needs it.</summary>
internal sealed class SalesforceBulk(SalesforceApi api)
{
    /// <summary>Starts a job that deletes past the recycle bin; the error when the organisation does not allow it.</summary>
    public async Task<(BulkJob? Job, SalesforceError? Refusal)> HardDeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        using var made = await api.SendAsync(VendorCall.Write("bulk.createJob", 0), HttpMethod.Post, Jobs, VendorHttp.Json(new BulkJobRequest(objectType, "hardDelete"), SalesforceJson.Default.BulkJobRequest), cancellationToken).ConfigureAwait(false);
        if (!made.IsSuccess)
            return (null, await SalesforceApi.ErrorAsync(made, cancellationToken).ConfigureAwait(false));
        var job = await made.ReadAsync(SalesforceJson.Default.BulkJob, cancellationToken).ConfigureAwait(false);
        using var rows = new StringContent($"Id\n{string.Join('\n', ids)}\n", Encoding.UTF8, "text/csv");
        using var uploaded = await api.SendAsync(VendorCall.Write("bulk.upload", ids.Count), HttpMethod.Put, $"{Jobs}/{job.Id}/batches", rows, cancellationToken).ConfigureAwait(false);
        if (!uploaded.IsSuccess)
            throw uploaded.Unexpected();
        using var closed = await api.SendAsync(VendorCall.Write("bulk.close", 0), HttpMethod.Patch, $"{Jobs}/{job.Id}", VendorHttp.Json(new BulkJobState("UploadComplete"), SalesforceJson.Default.BulkJobState), cancellationToken).ConfigureAwait(false);
        return closed.IsSuccess ? (job, null) : throw closed.Unexpected();
    }

    /// <summary>Null when the job is no longer known: Salesforce keeps them for a week.</summary>
    public Task<BulkJob?> FindAsync(string id, CancellationToken cancellationToken) =>
        api.GetAsync("bulk.status", $"{Jobs}/{Uri.EscapeDataString(id)}", SalesforceJson.Default.BulkJob, cancellationToken);

    public static string JobsOf(SalesforceApi api) => $"{api.Root}/jobs/ingest";

    private string Jobs => JobsOf(api);
}
