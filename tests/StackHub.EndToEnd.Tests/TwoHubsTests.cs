using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sync.Runs;

namespace StackHub.EndToEnd.Tests;

public sealed class TwoHubsTests
{
    [Fact]
    public async Task Two_hubs_on_one_data_folder_write_nothing_twice()
    {
        await using var stage = await Stage.StartAsync(new() { Hubs = 2, Configuration = text => text.WithShards(4) });
        await stage.OnboardAsync();
        var plan = await stage.Hub.Get<SyncPlan>().CountAsync(null, Stage.Token);

        await Task.WhenAll(stage.Hubs.Select(hub => hub.Get<Reconcile>().RunAsync(null, Stage.Token)));
        await stage.QuietAsync();

        foreach (var system in stage.Model.Order)
            Assert.Equal(plan[system].Creates, stage.Created(system.Name));
        var people = await stage.EverywhereAsync();
        Assert.NotEmpty(people);
        var (salesforce, intercom, hubSpot) = (stage.Written("salesforce"), stage.Written("intercom"), stage.Written("hubspot"));

        foreach (var person in people)
            stage.EditTitle("hubspot", person, "Written once");
        await stage.QuietAsync();

        Assert.Equal((people.Count, people.Count, 0), (stage.Written("salesforce") - salesforce, stage.Written("intercom") - intercom, stage.Written("hubspot") - hubSpot));
        foreach (var person in people)
            stage.AssertTitle(person, "Written once");
        // One hub may not have heard yet what the other merged; the nightly run is what mends that.
        await stage.SyncAsync();
        await stage.ConvergedAsync();
    }
}
