using StackHub.Functions.Tests.Staging;
using StackHub.Testing.Azurite;
using StackHub.Testing.Storage;

namespace StackHub.Functions.Tests;

public sealed class CostTests(AzuriteServer azurite)
{
    [Theory]
    [InlineData("hubspot")] // many events in a webhook
    [InlineData("intercom")] // one event in a webhook
    public async Task A_burst_costs_at_most_six_storage_operations_a_change_that_comes_in_and_two_a_record_written(string edited)
    {
        await using var stage = await CloudStage.StartAsync(azurite, 120);
        await stage.StartHostAsync();
        await stage.OnboardAsync();
        await stage.SyncAsync();
        await stage.SyncAsync();
        var people = await stage.EverywhereAsync();
        var counts = azurite.Requests.Of(stage.Account);
        var (told, written, posts) = (stage.Told(), stage.Written(), stage.Posts());
        counts.Clear();

        foreach (var person in people)
            stage.EditTitle(edited, person, "Counted");
        await stage.UntilAsync("the other tools", () => Task.FromResult(people.All(person => stage.IsTitle(person, "Counted"))));
        await StillAsync(counts);

        (told, written, posts) = (stage.Told() - told, stage.Written() - written, stage.Posts() - posts);
        var dollars = AzurePrices.Of(counts, Queue(counts), posts + counts["queue.delete"]) / people.Count * 1_000_000;
        TestContext.Current.TestOutputHelper!.WriteLine($"{people.Count} edits in {edited}: {told} told of with their echoes, {written} written, {(double)Operations(counts) / people.Count:0.00} storage operations an edit ({counts}), {posts} webhooks; a million edits: ${dollars:0.00} for storage and executions");
        Assert.Equal(2 * people.Count, written);
        Assert.InRange(Operations(counts), people.Count, 6 * told + 2 * written);
    }

    /// <summary>Until nothing is done any more after the last write.</summary>
    private static async Task StillAsync(OperationCounts counts)
    {
        for (var (before, now) = (-1, Done()); before != now; (before, now) = (now, Done()))
            await Task.Delay(TimeSpan.FromSeconds(2), CloudStage.Token);

        int Done() => counts["table"] + counts["queue.delete"];
    }

    /// <summary>A host that waits asks the queue now and then whatever happens; a message takes one such question at most.</summary>
    private static int Operations(OperationCounts counts) =>
        counts["table"] + counts["blob"] + Queue(counts);

    private static int Queue(OperationCounts counts) =>
        counts["queue.put"] + counts["queue.extend"] + counts["queue.delete"] + Math.Min(counts["queue.get"], counts["queue.delete"]);
}
