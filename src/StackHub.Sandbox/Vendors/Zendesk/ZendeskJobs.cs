using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>The account's background jobs. A job that is due is carried out whenever anybody looks at the account.</summary>
internal sealed class ZendeskJobs(ZendeskOptions options, VendorClock clock)
{
    private const int Kept = 100;
    private readonly List<ZendeskJob> jobs = [];
    private readonly Sequence numbers = new();

    /// <summary>The next jobs are ended by the vendor (status "killed") instead of carried out.</summary>
    public int KillNext { get; set; }

    public bool IsFull => jobs.Count(job => job.IsOpen) >= options.JobLimit;

    public Answer Start(string type, int total, Func<JsonArray> run)
    {
        if (IsFull)
            return ZendeskErrors.Answer(429, "TooManyJobs", "Too many jobs are currently queued or running. Try again later.").With("Retry-After", "1");
        var job = new ZendeskJob(numbers.NextGuid().ToString("N"), type, total, clock.Now, run);
        if (KillNext > 0)
            (job.Killed, KillNext) = (true, KillNext - 1);
        jobs.Add(job);
        if (jobs.Count > Kept && !jobs[0].IsOpen)
            jobs.RemoveAt(0);
        return Answer.Ok(Json(job, "queued", null));
    }

    public Answer Show(string id)
    {
        if (jobs.Find(job => job.Id == id) is not { } job || clock.Now - job.At > options.JobLife)
            throw ZendeskErrors.Missing();
        if (job.Killed)
            return Answer.Ok(Json(job, "killed", null));
        if (job.Rows is { } rows)
            return Answer.Ok(Json(job, "completed", rows.DeepClone().AsArray()));
        return Answer.Ok(Json(job, clock.Now - job.At > options.JobDelay / 2 ? "working" : "queued", null));
    }

    public void CarryOut()
    {
        foreach (var job in jobs.Where(job => job.IsOpen && clock.Now - job.At >= options.JobDelay))
            job.Rows = job.Run();
    }

    private JsonObject Json(ZendeskJob job, string status, JsonArray? rows) => new()
    {
        ["job_status"] = new JsonObject
        {
            ["id"] = job.Id,
            ["job_type"] = job.Type,
            ["url"] = $"https://{options.Subdomain}.zendesk.com/api/v2/job_statuses/{job.Id}.json",
            ["total"] = job.Total,
            ["progress"] = rows?.Count,
            ["status"] = status,
            ["message"] = rows is null ? null : $"Completed at {clock.Now:yyyy-MM-dd HH:mm:ss} +0000",
            ["results"] = rows,
        },
    };
}
