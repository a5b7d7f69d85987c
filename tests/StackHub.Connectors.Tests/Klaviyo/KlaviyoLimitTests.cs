using StackHub.Connecting;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;
using SandboxSettings = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoOptions;

namespace StackHub.Connectors.Tests.Klaviyo;

/// <summary>With Klaviyo's own limits.</summary>
public sealed class KlaviyoLimitTests : KlaviyoTest
{
    private protected override SandboxSettings Settings => new();

    [Fact]
    public async Task The_declared_limits_keep_the_vendor_from_refusing_us()
    {
        var budget = new VendorBudget(new InMemoryTables(), TimeProvider.System);
        var connector = Connect(budget, ("bulkFrom", "10000"), ("concurrency", "32"));
        budget.Limit(Some.System, connector.Info.Limits);

        var outcomes = await connector.WriteAsync("profiles", [.. Enumerable.Range(0, 160).Select(i => Some.Person(i, Some.Email($"p{i}@example.com")))], default);

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        // Without the limits a third is refused. What a busy machine keeps on its way for a second counts in the next one.
        Assert.InRange(Vendor.Sandbox.Stats.Operations.Sum(operation => operation.Refused), 0, outcomes.Count / 20);
    }

    [Fact]
    public async Task A_burst_beyond_the_limit_waits_as_long_as_it_is_told()
    {
        var budget = new FakeBudget(TimeProvider.System);
        var connector = Connect(budget, ("bulkFrom", "10000"), ("concurrency", "32"));

        var outcomes = await connector.WriteAsync("profiles", [.. Enumerable.Range(0, 120).Select(i => Some.Person(i, Some.Email($"p{i}@example.com")))], default);

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        Assert.All(budget.Blocks, wait => Assert.Equal(TimeSpan.FromSeconds(1), wait));
        Assert.NotEmpty(budget.Blocks);
    }

    [Fact]
    public void Every_call_has_its_own_burst_and_steady_limit() => Assert.All(
        Connect().Info.Limits.GroupBy(limit => limit.Scope),
        scope => Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)], scope.Select(limit => limit.Window)));
}
