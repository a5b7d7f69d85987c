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
        var before = stage.Model.Order.ToDictionary(system => system, system => stage.Written(system.Name));

        foreach (var person in people)
            stage.EditTitle("hubspot", person, "Written once");
        await stage.QuietAsync();

        Assert.All(before, system => Assert.Equal(system.Key.Name == "hubspot" ? 0 : people.Count, stage.Written(system.Key.Name) - system.Value));
        foreach (var person in people)
            stage.AssertTitle(person, "Written once");
        // One hub may not have heard yet what the other merged; the nightly run is what mends that.
        await stage.SyncAsync();
        await stage.ConvergedAsync();
    }
}
