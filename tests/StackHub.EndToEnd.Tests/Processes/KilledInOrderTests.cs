using StackHub.Cli.Demo;
using StackHub.EndToEnd.Tests.Staging;

namespace StackHub.EndToEnd.Tests.Processes;

public sealed class KilledInOrderTests
{
    private const int Updates = 5;

    [Fact]
    public async Task A_hub_that_is_killed_while_updates_come_shuffled_and_twice_ends_with_the_last_ones()
    {
        Assert.SkipUnless(LongForm.IsOn, "The long form only: STACKHUB_LONG=1. The short form without kills is OrderTests.");
        var random = new Random(20261123);
        await using var stage = await Stage.StartAsync(new() { RealTime = true, Vendors = options => options with { SeedData = false } });
        var contacts = Contacts.Create(stage.Sandbox.HubSpot, 1_000);
        await stage.OnboardAsync();
        await stage.SyncAsync();
        await stage.StopHubAsync();
        (stage.Sandbox.HubSpot.Webhooks.Shuffle, stage.Sandbox.HubSpot.Webhooks.Duplicates) = (true, 0.3);
        DemoConfiguration.SendWebhooks(stage.Sandbox, stage.Address);

        var updates = Contacts.UpdateAsync(stage.Sandbox.HubSpot, contacts, Updates);
        for (var kill = 0; kill < 8; kill++)
        {
            using var process = HubProcess.Serve(stage);
            await process.KillAfterAsync(stage, random.Next(1, 40));
        }
        await updates;
        await stage.StartHubAsync();
        stage.Time.Jump(TimeSpan.FromMinutes(3)); // what a dead hub had taken from its queues is hidden for two
        await stage.QuietAsync();
        // A webhook whose deliveries all met a dead hub is the feed's to repair.
        await stage.PollLateAsync();

        await OrderTests.AssertLastAsync(stage, contacts, Updates - 1);
        await stage.ConvergedAsync();
    }
}
