using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Klaviyo.Jobs;

/// <summary>The account's jobs; those that are due are done before anybody looks.</summary>
internal sealed class KlaviyoJobs(VendorClock clock)
{
    private readonly Sequence numbers = new(0x5b0);
    private readonly List<KlaviyoJob> waiting = [];
    private readonly Dictionary<string, KlaviyoJob> all = [];

    public KlaviyoJob Start(string type, TimeSpan time, int total, Action<KlaviyoJob> work)
    {
        var job = new KlaviyoJob($"c2J4{numbers.Next():x12}", type, clock.Now, clock.Now + time, total, work);
        waiting.Add(job);
        all[job.Id] = job;
        return job;
    }

    public KlaviyoJob? Find(string type, string id) => all.GetValueOrDefault(id) is { } job && job.Type == type ? job : null;

    public void RunDue()
    {
        foreach (var job in waiting.Where(job => job.Due <= clock.Now).OrderBy(job => job.Due).ToList())
        {
            waiting.Remove(job);
            job.Work(job);
            job.IsDone = true;
        }
    }
}
