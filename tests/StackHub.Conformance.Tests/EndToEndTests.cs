using StackHub.Conformance.Tests.Judging;
using StackHub.Conformance.Tests.Libraries;
using StackHub.Conformance.Tests.Traffic;

namespace StackHub.Conformance.Tests;

/// <summary>The hub's own traffic with all six tools before the same judges as the tours.</summary>
public sealed class EndToEndTests(EndToEndTraffic traffic, LibraryRuns libraries)
{
    [Fact]
    public async Task All_that_a_hub_sends_and_is_answered_is_as_the_vendors_describe()
    {
        var judgement = await traffic.JudgementAsync(libraries);

        TestContext.Current.TestOutputHelper?.WriteLine(new ConformanceTable([.. judgement.Rows]).ToString());
        Assert.Equal(6, judgement.Rows.Select(row => row.Vendor).Distinct().Count());
        Assert.True(judgement.Violations.Count == 0, string.Join('\n', judgement.Violations));
    }

    [Fact]
    public async Task It_was_a_run_in_which_everything_came_to_agree()
    {
        var (report, exchanges) = await traffic.RunOnceAsync();

        Assert.True(report.Passed, string.Join('\n', report.Checks.SelectMany(check => check.Problems)));
        Assert.All(["salesforce", "hubspot", "intercom", "marketo", "klaviyo", "zendesk"], vendor =>
            Assert.Contains(exchanges, exchange => exchange.Vendor == vendor && exchange.Method is not "GET" && exchange.Status is >= 200 and < 300));
    }
}
