using StackHub.Connecting;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Connecting;

public sealed class SystemStatesTests
{
    [Fact]
    public async Task What_another_process_approved_a_moment_ago_is_not_taken_for_unapproved()
    {
        var tables = new InMemoryTables();
        var (one, other) = (new SystemStates(tables, TimeProvider.System), new SystemStates(tables, TimeProvider.System));
        Assert.False(await other.HoldsAsync(new("crm"), state => state.Writes, TestContext.Current.CancellationToken));

        await one.ChangeAsync(new("crm"), state => state with { Stage = SystemStage.Approved }, TestContext.Current.CancellationToken);

        Assert.True(await other.HoldsAsync(new("crm"), state => state.Writes, TestContext.Current.CancellationToken));
    }
}
