using StackHub.Connecting;
using StackHub.EndToEnd.Tests.Staging;

namespace StackHub.EndToEnd.Tests.Processes;

public sealed class CrashTests
{
    private readonly Random random = new(20261122);

    [Fact]
    public async Task A_hub_that_is_killed_again_and_again_ends_where_an_undisturbed_one_ends()
    {
        await using var calm = await PreparedAsync();
        await RunAsync(calm, "sync", "--approve");
        await calm.StartHubAsync();
        await calm.PollLateAsync(); // what vendors fill in by themselves
        await calm.ConvergedAsync();

        await using var stage = await PreparedAsync();
        var kills = await KillAgainAndAgainAsync(stage, 3, LongForm.Or(2, 10), "backfill");
        await RunAsync(stage, "backfill");
        kills += await KillAgainAndAgainAsync(stage, 7, LongForm.Or(3, 14), "sync", "--approve");
        await RunAsync(stage, "sync", "--approve");
        await stage.StartHubAsync();
        await stage.PollLateAsync();
        await stage.ConvergedAsync();

        Assert.True(kills >= LongForm.Or(5, 20), $"Only {kills} processes were killed; the others had ended before.");
        var (expected, actual) = (await SyncState.OfAsync(calm), await SyncState.OfAsync(stage));
        Stage.None([.. expected.Except(actual).Select(line => $"{line} MISSING").Concat(actual.Except(expected).Select(line => $"{line} UNEXPECTED")).Order(StringComparer.Ordinal)]);
        Assert.Equal(expected.Length, actual.Length);
    }

    private async Task<int> KillAgainAndAgainAsync(Stage stage, int calls, int times, params string[] command)
    {
        var kills = 0;
        // A process that ended by itself does not count; the bound keeps a run that has nothing left from going on.
        for (var run = 0; kills < times && run < times + 2; run++)
        {
            using var process = HubProcess.Start(stage, command);
            kills += await process.KillAfterAsync(stage, random.Next(1, calls + 1)) ? 1 : 0;
            await OpenScroll.EndAsync(stage.Sandbox.Intercom);
        }
        return kills;
    }

    private static async Task RunAsync(Stage stage, params string[] command)
    {
        using var process = HubProcess.Start(stage, command);
        await process.EndedAsync();
    }

    /// <summary>Vendors with the custom fields, and no hub yet.</summary>
    private static async Task<Stage> PreparedAsync()
    {
        var stage = await Stage.StartAsync(new() { Hubs = 0, People = LongForm.Or(40, 150), RealTime = true });
        var hub = await stage.StartHubAsync();
        foreach (var connector in hub.Get<ConnectorSet>().All)
            if (connector is IVendorSetup setup)
                await setup.EnsureCustomFieldsAsync(Stage.Token);
        await stage.StopHubAsync();
        foreach (var vendor in stage.Sandbox.Vendors)
            vendor.Faults.Latency = TimeSpan.FromMilliseconds(10);
        return stage;
    }
}
