using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sandbox.Vendors.Zendesk;

namespace StackHub.EndToEnd.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Failing_and_lost_answers_of_all_vendors_leave_no_gap_no_copy_and_no_hasty_call(int seed)
    {
        await using var stage = await Stage.StartAsync(new() { Seed = seed });
        foreach (var vendor in stage.Sandbox.Vendors)
            (vendor.Faults.ServerErrors, vendor.Faults.DropBefore, vendor.Faults.DropAfter) = (0.1, 0.05, 0.05);

        await stage.OnboardAsync();
        stage.Sandbox.Vendor<ZendeskSandbox>().KillNextJobs(2);
        await stage.ReconcileAsync();
        foreach (var vendor in stage.Sandbox.Vendors)
            vendor.Faults.ThrottleNext(TimeSpan.FromSeconds(2));
        await stage.QuietAsync();
        var people = (await stage.EverywhereAsync()).Take(6).ToArray();
        Assert.NotEmpty(people);
        foreach (var (person, system) in people.Zip(stage.Model.Order.Select(system => system.Name)))
            stage.EditTitle(system, person, $"Through {system}");
        await stage.QuietAsync();

        foreach (var vendor in stage.Sandbox.Vendors)
            vendor.Faults.Clear();
        await stage.PollLateAsync();
        await stage.ConvergedAsync();
        foreach (var (person, system) in people.Zip(stage.Model.Order.Select(system => system.Name)))
            stage.AssertTitle(person, $"Through {system}");
    }
}
