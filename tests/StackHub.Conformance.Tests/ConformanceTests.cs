using StackHub.Conformance.Tests.Judging;
using StackHub.Conformance.Tests.Libraries;
using StackHub.Conformance.Tests.Salesforce;
using StackHub.Conformance.Tests.Traffic;

namespace StackHub.Conformance.Tests;

/// <summary>The whole run in one table.</summary>
public sealed class ConformanceTests(RecordedTraffic traffic, EndToEndTraffic endToEnd, LibraryRuns libraries)
{
    [Fact]
    public async Task Every_operation_of_every_vendor_was_judged_without_a_violation()
    {
        var table = new ConformanceTable([.. (await JudgementAsync()).Rows]);

        Console.WriteLine(table);
        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.Equal(6, table.Rows.Select(row => row.Vendor).Distinct().Count());
        Assert.All(table.Rows, row => Assert.Equal(0, row.Violations));
    }

    [Fact]
    public async Task Every_exception_is_needed_and_has_its_reason_and_its_source()
    {
        var judgement = await JudgementAsync();

        Assert.Empty(judgement.Unneeded);
        Assert.All(judgement.Defects.All, defect => Assert.True(defect is { Reason.Length: > 20, Source.Length: > 10 }, $"{defect.Vendor} {defect.Operation}"));
    }

    private async Task<Judgement> JudgementAsync()
    {
        var salesforce = await SalesforceVerdicts.OfAsync(await traffic.ExchangesAsync(), libraries);
        return new([.. (await traffic.JudgementAsync()).Verdicts, .. salesforce, .. (await endToEnd.JudgementAsync(libraries)).Verdicts], new KnownDefects());
    }
}
