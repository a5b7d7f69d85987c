using StackHub.Cli.Demo.Vendors;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sync.Outbox;

namespace StackHub.EndToEnd.Tests;

public sealed class LimitTests
{
    private const int Slice = 40;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_backlog_uses_nearly_all_of_a_small_limit_and_never_more()
    {
        await using var stage = await Stage.StartAsync(new()
        {
            People = 70,
            Vendors = options => options with
            {
                HubSpot = options.HubSpot with { BurstCalls = 20, BurstWindow = Window },
                Intercom = options.Intercom with { SliceCalls = Slice, Slice = Window },
            },
            Configuration = text => text.Beside("portalId", "ratePermits: \"20\"").Replace($"callsPer10Seconds: {IntercomDemo.CallsPerSlice * 95 / 100}", $"callsPer10Seconds: {Slice}", StringComparison.Ordinal),
        });
        await stage.OnboardAsync();
        await stage.ReconcileAsync();

        // The first window is left out: its burst would flatter the rest.
        var first = await CallsWhenAsync(stage, started: stage.Time.GetUtcNow(), Window);
        var last = await CallsWhenAsync(stage, first.At, TimeSpan.MaxValue);

        var possible = Slice * ((last.At - first.At) / Window);
        Assert.True(last.At - first.At > Window, "The backlog was too short to say anything.");
        Assert.True(last.Calls - first.Calls >= 0.9 * possible, $"{last.Calls - first.Calls} calls where {possible:0} were allowed.");
        await stage.QuietAsync();
        Stage.None(stage.Violations());
        Stage.None(await stage.ProblemsAsync());
        Assert.Equal(0, await stage.OutboxAsync());
    }

    /// <summary>The calls Intercom had seen when this time was over, or when its backlog was.</summary>
    private static async Task<(DateTimeOffset At, long Calls)> CallsWhenAsync(Stage stage, DateTimeOffset started, TimeSpan length)
    {
        var seen = (At: started, Calls: 0L);
        await stage.UntilAsync("Intercom's backlog", async () =>
        {
            var left = await stage.Hub.Get<OutboxStore>().CountAsync(new("intercom"), Stage.Token);
            seen = (stage.Time.GetUtcNow(), stage.Sandbox.Intercom.Stats.Operations.Sum(operation => operation.Calls));
            return left == 0 || seen.At - started >= length;
        });
        return seen;
    }
}
