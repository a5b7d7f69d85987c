using StackHub.EndToEnd.Tests.Staging;

namespace StackHub.EndToEnd.Tests;

public sealed class TokenTests
{
    [Theory]
    [InlineData("salesforce")]
    [InlineData("hubspot")]
    [InlineData("marketo")]
    public async Task A_token_that_ends_during_a_sync_is_renewed_once_and_nothing_is_lost(string system)
    {
        await using var stage = await Stage.StartAsync(new() { People = 120 });
        await stage.OnboardAsync();
        var vendor = stage.Vendor(system);
        vendor.Faults.Latency = TimeSpan.FromMilliseconds(30);
        var (refreshes, calls) = (vendor.Stats.Refreshes, Calls());

        await stage.ReconcileAsync();
        await stage.UntilAsync("the sync to be under way", () => Task.FromResult(Calls() > calls));
        vendor.ExpireTokens();
        await stage.QuietAsync();
        foreach (var person in (await stage.EverywhereAsync()).Take(10))
            stage.EditTitle("intercom", person, "After the token");
        await stage.QuietAsync();

        Assert.Equal(1, vendor.Stats.Refreshes - refreshes);
        Assert.Equal(0, vendor.Stats.OverlappingRefreshes);
        await stage.ConvergedAsync();

        long Calls() => vendor.Stats.Operations.Sum(operation => operation.Calls);
    }
}
