using StackHub.Testing.Sync;

namespace StackHub.Tests.Sync;

public sealed class CostTests
{
    private const int WriteBatch = 10;

    [Fact]
    public async Task A_burst_of_edits_costs_at_most_six_storage_operations_a_change_and_two_a_system_written()
    {
        await using var scene = await CostScene.WithPeopleAsync(320);

        var cost = await scene.EditAsync(320, "VP");

        Assert.Equal(640, cost.Written);
        Assert.InRange(cost.InboundEach, 0, 6);
        Assert.InRange(cost.OutboundEach, 0, 2);
    }

    [Fact]
    public async Task A_burst_fills_the_vendors_batches()
    {
        await using var scene = await CostScene.WithPeopleAsync(320);

        var cost = await scene.EditAsync(320, "VP");

        Assert.Equal(2 * 320 / WriteBatch, cost.Calls);
    }

    [Fact]
    public async Task A_change_costs_the_same_however_many_records_there_are()
    {
        await using var few = await CostScene.WithPeopleAsync(40);
        await using var many = await CostScene.WithPeopleAsync(400);

        var (first, second) = (await few.EditAsync(40, "VP"), await many.EditAsync(40, "VP"));

        Assert.Equal(first.Inbound, second.Inbound);
        Assert.Equal(first.Outbound, second.Outbound);
    }

    [Fact]
    public async Task Saying_the_same_again_writes_nothing_anywhere()
    {
        await using var scene = await CostScene.WithPeopleAsync(40);
        await scene.EditAsync(40, "VP");

        var again = await scene.EditAsync(40, "VP");

        Assert.Equal(0, again.Calls);
    }
}
