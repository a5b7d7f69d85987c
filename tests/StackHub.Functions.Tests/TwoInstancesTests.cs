using StackHub.Functions.Tests.Staging;
using StackHub.Storage;
using StackHub.Testing.Azurite;

namespace StackHub.Functions.Tests;

public sealed class TwoInstancesTests(AzuriteServer azurite)
{
    [Fact]
    public async Task Two_instances_that_drain_at_once_write_nothing_twice()
    {
        await using var stage = await CloudStage.StartAsync(azurite);
        await stage.StartHostAsync();
        await stage.StartHostAsync();
        var creates = await stage.OnboardAsync();
        var before = stage.Counts();

        await stage.SyncAsync();

        stage.AssertCreated(creates, before);
        var people = await stage.EverywhereAsync();
        await stage.SyncAsync(); // one may not have heard yet what the other merged
        var written = stage.WrittenBySystem();

        foreach (var person in people)
            stage.EditTitle("hubspot", person, "Written once");
        await stage.QuietAsync();

        stage.AssertWrittenOnce(people.Count, "hubspot", written);
        await stage.ConvergedAsync();
    }

    /// <summary>In its long form 1,000 messages, in the short one 200.</summary>
    [Fact]
    public async Task Two_instances_drain_a_long_queue_and_write_each_change_once()
    {
        var people = Environment.GetEnvironmentVariable("STACKHUB_LONG") == "1" ? 1_100 : 230;
        await using var stage = await CloudStage.StartAsync(azurite, people);
        await stage.StartHostAsync();
        await stage.OnboardAsync();
        await stage.SyncAsync();
        await stage.SyncAsync();
        var edited = await stage.EverywhereAsync();
        await stage.StopHostAsync();
        await stage.StartHostAsync(more: ("AzureWebJobs.inbound.Disabled", "true")); // takes webhooks and leaves their messages
        foreach (var person in edited)
            stage.EditTitle("intercom", person, $"Edit of {person.Id}");
        await stage.UntilAsync("all webhooks", async () => await stage.Queue.CountAsync(Queues.Inbound, CloudStage.Token) >= edited.Count);
        await stage.StopHostAsync();
        var before = stage.WrittenBySystem();

        await stage.StartHostAsync();
        await stage.StartHostAsync();
        await stage.QuietAsync();

        stage.AssertWrittenOnce(edited.Count, "intercom", before);
        foreach (var person in edited)
            stage.AssertTitle(person, $"Edit of {person.Id}");
        await stage.ConvergedAsync();
    }
}
