using StackHub.EndToEnd.Tests.Staging;
using StackHub.Cli.Demo;
using StackHub.Cli.Hosting;
using StackHub.Hosting;
using StackHub.Privacy;
using StackHub.Privacy.Tasks;

namespace StackHub.EndToEnd.Tests;

public sealed class RemovedSystemTests
{
    [Fact]
    public async Task S36_A_hub_does_not_start_without_a_system_that_still_owes_somebody_something()
    {
        await using var stage = await Stage.StartAsync(new() { People = 12 });
        CanaryPerson.Create(stage.Sandbox.Salesforce);
        await stage.OnboardAsync();
        await stage.SyncAsync();
        await stage.UntilAsync("the person everywhere", async () => await CanaryPerson.FindAsync(stage) is not null);
        var id = await new Erasures(stage).ApprovedAsync(CanaryPerson.Email);
        await stage.StopHubAsync();

        var refused = await Assert.ThrowsAsync<HubStartException>(() => StartWithoutZendeskAsync(stage));
        Assert.Equal($"System 'zendesk' is not configured any more, but 1 privacy request needs it: put it back, or show by hand that they are done ({id}).", refused.Message);

        await stage.StartHubAsync();
        await stage.Hub.Get<PrivacyStore>().ChangeAsync(id, "erase|zendesk", task => task with { Status = PrivacyTaskStatus.Manual }, Stage.Token);
        await stage.Hub.Get<RequestDesk>().ShowAsync(id, "erase|zendesk", "olga", "ticket 4711", Stage.Token);
        await stage.StopHubAsync();
        await using var hub = await StartWithoutZendeskAsync(stage);
        Assert.Equal(5, hub.Get<StackHub.Configuration.HubModel>().Order.Length);
    }

    private static async Task<HubHost> StartWithoutZendeskAsync(Stage stage)
    {
        var text = DemoConfiguration.For(stage.Sandbox, stage.Address, "salesforce", "hubspot", "intercom", "marketo", "klaviyo");
        var setup = await HubSetup.LoadAsync(new("end-to-end.yaml", stage.Folder, text), Stage.Token);
        return await HubHost.StartAsync(setup, stage.Address, new HubRunOptions(SingleProcess: true) { Owner = "smaller" }, stage.Time, stage.Log, _ => { }, Stage.Token);
    }
}
