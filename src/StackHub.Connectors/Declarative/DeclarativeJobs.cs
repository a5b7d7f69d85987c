using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;

namespace StackHub.Connectors.Declarative;

/// <summary>Waits for a vendor's job.</summary>
internal sealed class DeclarativeJobs(DeclarativeApi api, TimeProvider time)
{
    /// <summary>The job's last answer; one that is not over in time may still be carried out.</summary>
    public async Task<VendorReply> OverAsync(JobSpec job, VendorReply started, CancellationToken cancellationToken)
    {
        var id = started.Text(job.Id) ?? throw new VendorUnavailableException(api.System, $"{DeclarativeApi.Operation(job.Request)}: the job has no id") { Uncertain = true };
        var end = time.GetUtcNow() + job.Wait;
        while (true)
        {
            var reply = await api.RequireAsync(job.Request, api.Names.With("ticket", id), 1, mayBeGone: false, cancellationToken);
            var state = reply.Text(job.Status);
            if (state is not null && job.Done.Contains(state))
                return reply;
            if (state is not null && job.Failed.Contains(state))
                throw new VendorUnavailableException(api.System, $"{DeclarativeApi.Operation(job.Request)}: the job failed") { Uncertain = true };
            if (time.GetUtcNow() >= end)
                throw new VendorUnavailableException(api.System, $"{DeclarativeApi.Operation(job.Request)}: the job is not over yet", job.Wait) { Uncertain = true };
            await Task.Delay(job.Every, time, cancellationToken);
        }
    }
}
