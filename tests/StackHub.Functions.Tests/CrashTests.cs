using StackHub.Functions.Tests.Staging;
using StackHub.Testing.Azurite;

namespace StackHub.Functions.Tests;

public sealed class CrashTests(AzuriteServer azurite)
{
    private static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_handler_killed_in_the_middle_of_messages_loses_and_doubles_nothing()
    {
        await using var stage = await CloudStage.StartAsync(azurite);
        await stage.StartHostAsync();
        var creates = await stage.OnboardAsync();
        stage.Slow(TimeSpan.FromMilliseconds(30));
        var before = stage.Counts();

        await stage.PostAsync("api/runs", new { kind = "reconcile" });
        for (var kill = 0; kill < 3; kill++)
        {
            await stage.MoreCallsAsync(4);
            await stage.Host.KillHandlerAsync(CloudStage.Token);
        }
        stage.Slow(TimeSpan.Zero);
        await stage.SyncAsync();

        Assert.Equal(4, stage.Host.Starts);
        await stage.ConvergedAsync();
        stage.AssertCreated(creates, before);
    }

    [Fact]
    public async Task A_full_read_whose_process_is_killed_goes_on_by_itself()
    {
        await using var stage = await CloudStage.StartAsync(azurite);
        await stage.StartHostAsync();
        stage.Slow(TimeSpan.FromMilliseconds(100));

        var id = (string)(await stage.PostAsync("api/runs", new { kind = "backfill" }))!["id"]!;
        await stage.MoreCallsAsync(3);
        await stage.Host.KillHandlerAsync(CloudStage.Token);
        stage.Slow(TimeSpan.Zero);
        var run = await stage.OverAsync(id);

        Assert.Equal("succeeded", (string?)run["state"]);
        Assert.Equal(2, stage.Host.Starts);
    }

    [Fact]
    public async Task A_handler_that_hangs_is_killed_by_the_host_and_its_messages_come_again()
    {
        await using var stage = await CloudStage.StartAsync(azurite);
        await stage.StartHostAsync(more: ("AzureFunctionsJobHost__functionTimeout", "00:00:05"));
        await stage.OnboardAsync();
        await stage.SyncAsync();
        var people = await stage.EverywhereAsync();
        stage.Slow(TimeSpan.FromMilliseconds(200));

        foreach (var person in people)
            stage.EditTitle("hubspot", person, "Not lost");
        await stage.MoreCallsAsync(2);
        await stage.FreezeAsync();
        await stage.UntilAsync("the host to lose patience", () => Task.FromResult(stage.Host.Starts > 1));
        stage.Slow(TimeSpan.Zero);
        await stage.QuietAsync();

        Assert.Contains(stage.Host.Log.Lines, line => line.Contains("timed out", StringComparison.Ordinal));
        foreach (var person in people)
            stage.AssertTitle(person, "Not lost");
        await stage.ConvergedAsync();
    }

    [Fact]
    public async Task Work_that_takes_too_long_gives_up_before_the_host_ends_the_process()
    {
        await using var stage = await CloudStage.StartAsync(azurite);
        await stage.StartHostAsync(more: ("AzureFunctionsJobHost__functionTimeout", "00:00:05"));
        await stage.OnboardAsync();
        await stage.SyncAsync();
        var person = (await stage.EverywhereAsync())[0];
        stage.Sandbox.Salesforce.Faults.Latency = TimeSpan.FromSeconds(9);

        stage.EditTitle("hubspot", person, "Later");
        await stage.UntilAsync("the other tool", () => Task.FromResult(stage.TitleIn("intercom", person) == "Later"));
        await Task.Delay(TimeSpan.FromSeconds(6), CloudStage.Token);
        stage.Sandbox.Salesforce.Faults.Latency = TimeSpan.Zero;
        await stage.QuietAsync();

        Assert.Equal(1, stage.Host.Starts);
        stage.AssertTitle(person, "Later");
        await stage.ConvergedAsync();
    }

    [Fact]
    public async Task What_a_lost_instance_had_taken_is_done_by_another()
    {
        await using var stage = await CloudStage.StartAsync(azurite);
        await stage.StartHostAsync(ShortLease);
        await stage.OnboardAsync();
        await stage.SyncAsync();
        var people = await stage.EverywhereAsync();
        await stage.StartHostAsync(ShortLease);
        stage.Slow(TimeSpan.FromMilliseconds(100));

        foreach (var person in people)
            stage.EditTitle("hubspot", person, "By the other one");
        await stage.MoreCallsAsync(2);
        await stage.StopHostAsync();
        stage.Slow(TimeSpan.Zero);
        await stage.QuietAsync();

        foreach (var person in people)
            stage.AssertTitle(person, "By the other one");
        await stage.ConvergedAsync();
    }
}
