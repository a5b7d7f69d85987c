using StackHub.Cli.Demo;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sync.Runs;

namespace StackHub.EndToEnd.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_passes_with_three_hundred_people()
    {
        var folder = Directory.CreateTempSubdirectory("stackhub-e2e-").FullName;
        var (sandbox, hub) = await DemoRun.StartAsync(300, 42, leads: true, folder, null, new Silent(), Stage.Token);
        await using var vendors = sandbox;
        await using var process = hub;

        var report = await new DemoRun(sandbox, hub, new Silent()).RunAsync(Stage.Token);

        Stage.None([.. report.Checks.SelectMany(check => check.Problems)]);
        Stage.None([.. sandbox.Vendors.SelectMany(vendor => vendor.Stats.Violations.Select(violation => $"{vendor.Name}: {violation.Rule} {violation.Detail}"))]);
        Stage.None(report.Leads.Problems);
        Assert.Equal([("europe", "hannah", 1), ("europe", "rita", 2), ("inbound", "hannah", 1), ("inbound", "rita", 1), ("inbound", "sam", 5)], report.Leads.Shares.Select(share => (share.Pool, share.Owner, share.Leads)).Order());
        Assert.All(report.Leads.Leads, lead => Assert.Equal(("mql", true), (lead.Stage, lead.From is "hubspot" or "intercom")));
        Assert.All(report.Edits, edit => Assert.True(edit.Converged, edit.What));
        Assert.All(await hub.Get<SyncPlan>().CountAsync(null, Stage.Token), plan => Assert.Equal((plan.Key, 0, 0), (plan.Key, plan.Value.Creates, plan.Value.Updates)));
        Assert.True(report.Passed, $"{report.SecondSyncWrites} writes in the second sync, {report.OutboxLeft} outbox rows");
    }

    private sealed class Silent : IDemoScreen
    {
        public void Say(string line)
        {
        }

        public void Progress(string phase, string system, long done, long? total)
        {
        }

        public void PhaseDone()
        {
        }
    }
}
