using System.Collections.Concurrent;
using System.Diagnostics;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Hooks;

public sealed class HookActivityTests
{
    [Fact]
    public async Task An_accepted_webhook_is_one_activity_and_a_refused_one_none()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "StackHub",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var hub = await WebHub.StartAsync();

        await hub.HookAsync("hooks/mail", "{\"only\":\"here\"}");
        await hub.HookAsync("hooks/mail", signature: null);

        var activity = Assert.Single(seen, activity => activity.GetTagItem("stackhub.system") is "mail");
        Assert.Equal(15, activity.GetTagItem("stackhub.bytes"));
    }
}
