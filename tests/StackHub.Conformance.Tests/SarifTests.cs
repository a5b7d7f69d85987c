using System.Text;
using StackHub.Audit.Reports;
using StackHub.Conformance.Tests.Node;
using StackHub.Testing.Audit;

namespace StackHub.Conformance.Tests;

/// <summary>The stack audit's log for CI, before the schema that SARIF's reference tool carries.</summary>
public sealed class SarifTests
{
    private static string Log => Encoding.UTF8.GetString(ReportFormat.Sarif.Bytes(SomeAudit.Report));

    [Fact]
    public async Task The_log_of_an_audit_is_as_the_schema_says() =>
        Assert.Equal([$"checked {SomeAudit.Report.Findings.Length}"], await CheckAsync(Log));

    [Theory]
    [InlineData("\"level\": \"error\"", "\"level\": \"grave\"")]
    [InlineData("\"baselineState\": \"new\"", "\"baselineState\": \"fresh\"")]
    [InlineData("\"startLine\": 1", "\"startLine\": 0")]
    [InlineData("\"version\": \"2.1.0\"", "\"version\": \"2.0.0\"")]
    [InlineData("\"ruleId\":", "\"checkId\":")]
    public async Task The_schema_tells_a_log_that_is_not(string right, string wrong)
    {
        Assert.Contains(right, Log, StringComparison.Ordinal);

        Assert.True((await CheckAsync(Log.Replace(right, wrong, StringComparison.Ordinal))).Count > 1);
    }

    private static Task<IReadOnlyList<string>> CheckAsync(string log)
    {
        Requirement.Check(File.Exists(Path.Combine(NpmFolder.Require(), "node_modules", "@microsoft", "sarif-multitool-linux", "sarif-2.1.0.json")), "SARIF's schema is not installed: run 'npm ci' in tests/StackHub.Conformance.Tests/npm.");
        return new NodeScript("sarif.mjs") { Input = [log] }.RunAsync(TestContext.Current.CancellationToken);
    }
}
