using System.Text;
using System.Text.Json;
using StackHub.Audit;
using StackHub.Audit.Reports;
using StackHub.Testing.Audit;
using StackHub.Testing.Snapshots;

namespace StackHub.Tests.Audit.Reports;

public sealed class ReportFormatTests
{
    [Fact]
    public void The_json_report_reads_the_same_whatever_order_the_findings_come_in() =>
        Assert.Equal(Text(ReportFormat.Json, SomeAudit.Report), Text(ReportFormat.Json, SomeAudit.Report with { Findings = [.. SomeAudit.Report.Findings.Reverse()], Pairs = [.. SomeAudit.Report.Pairs.Reverse()], Flows = [.. SomeAudit.Report.Flows.Reverse()] }));

    [Fact]
    public void Two_runs_over_the_same_stack_differ_in_nothing_but_the_run()
    {
        var later = SomeAudit.Report with { Run = SomeAudit.Report.Run with { Id = "later", At = SomeAudit.At.AddDays(7) }, Findings = [.. SomeAudit.Report.Findings.Select(finding => finding with { LastSeen = SomeAudit.At.AddDays(7) })] };

        var (one, other) = (Lines(SomeAudit.Report), Lines(later));

        Assert.Equal(["    \"id\": \"later\",", "    \"at\": \"2026-12-08T06:00:00+00:00\","], other.Except(one));
    }

    [Fact]
    public void The_json_report_is_written_down() => Snapshot.Match(Text(ReportFormat.Json, SomeAudit.Report));

    [Fact]
    public void A_spreadsheet_runs_nothing_of_what_somebody_called_a_tool()
    {
        var rows = Csv(SomeAudit.Report with { Findings = [SomeAudit.Duplicate with { AcceptedBecause = "@SUM(1)" }, SomeAudit.Unused with { Title = "\t=1+1" }, SomeAudit.Due with { Title = "＝1+1" }, SomeAudit.Shadow with { Title = "-2+3" }] });

        Assert.All(rows.Skip(1).SelectMany(row => row), cell => Assert.DoesNotContain(cell.FirstOrDefault(), "=+-@\t\r\n＝＋－＠"));
        Assert.StartsWith("'=HYPERLINK", rows[1][5], StringComparison.Ordinal);
        Assert.Equal("'@SUM(1)", rows[1][11]);
    }

    [Fact]
    public void The_csv_report_has_a_row_a_finding_and_numbers_a_spreadsheet_adds()
    {
        var rows = Csv(SomeAudit.Report);

        Assert.Equal(SomeAudit.Report.Findings.Length + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(14, row.Length));
        Assert.Equal("37800", rows[2][6]);
        Assert.Equal("2026-12-15", rows[4][9]);
        Assert.Equal("redundancy: 0.860; capabilities: 1.000; keep: hubspot", rows[1][13]);
    }

    [Fact]
    public void The_csv_report_says_that_it_is_utf8() => Assert.Equal(Encoding.UTF8.Preamble.ToArray(), ReportFormat.Csv.Bytes(SomeAudit.Report)[..3]);

    [Fact]
    public void The_sarif_log_has_what_the_standard_requires()
    {
        var log = Sarif();
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        var rules = driver.GetProperty("rules").EnumerateArray().ToArray();

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.EndsWith("sarif-schema-2.1.0.json", log.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(driver.GetProperty("name").GetString()!);
        Assert.Equal(SomeAudit.Report.Findings.Length, run.GetProperty("results").GetArrayLength());
        foreach (var result in run.GetProperty("results").EnumerateArray())
        {
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["none", "note", "warning", "error"]);
            Assert.Contains(result.GetProperty("kind").GetString(), (string[])["pass", "fail"]);
            Assert.Equal(result.GetProperty("kind").GetString() == "pass", result.GetProperty("level").GetString() == "none"); // 3.27.10
            Assert.Contains(result.GetProperty("baselineState").GetString(), (string[])["new", "unchanged", "updated", "absent"]);
            Assert.False(Uri.TryCreate(result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Absolute, out _));
        }
    }

    [Fact]
    public void A_finding_keeps_its_fingerprint_whatever_its_words_are()
    {
        var reworded = SomeAudit.Report with { Findings = [.. SomeAudit.Report.Findings.Select(finding => finding with { Title = "Other words.", Evidence = [] })] };

        Assert.Equal(Fingerprints(SomeAudit.Report), Fingerprints(reworded));
        Assert.Contains(SomeAudit.Duplicate.Id, Fingerprints(SomeAudit.Report));
        Assert.Equal(SomeAudit.Report.Findings.Length, Fingerprints(SomeAudit.Report).Distinct().Count());
    }

    [Fact]
    public void What_is_new_changed_accepted_and_fixed_is_told_in_the_standards_words()
    {
        var results = Sarif().GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("fingerprints").GetProperty("stackhubFinding/v1").GetString()!);

        Assert.Equal(("error", "updated"), Told(results[SomeAudit.Duplicate.Id]));
        Assert.Equal(("warning", "new"), Told(results[SomeAudit.Unused.Id]));
        Assert.Equal(("note", "new"), Told(results[SomeAudit.Shadow.Id]));
        Assert.Equal(("none", "absent"), Told(results[SomeAudit.Fixed.Id]));
        Assert.Equal("Accepted until 2027-03-01.", results[SomeAudit.Due.Id].GetProperty("suppressions")[0].GetProperty("justification").GetString());
        Assert.False(results[SomeAudit.Unused.Id].TryGetProperty("suppressions", out _));
    }

    [Fact]
    public void A_log_of_ci_names_no_person() => Assert.DoesNotContain("@example.com", Text(ReportFormat.Sarif, SomeAudit.Report), StringComparison.Ordinal);

    [Fact]
    public void Every_format_can_tell_that_nothing_was_found()
    {
        var nothing = new AuditReport(new(SomeAudit.At, SomeAudit.Today), new("first", SomeAudit.At));

        Assert.All(ReportFormat.All, format => Assert.NotEmpty(format.Bytes(nothing)));
        Assert.Single(Csv(nothing));
    }

    private static (string? Level, string? Baseline) Told(JsonElement result) => (result.GetProperty("level").GetString(), result.GetProperty("baselineState").GetString());

    private static string[] Fingerprints(AuditReport report) =>
        [.. JsonDocument.Parse(ReportFormat.Sarif.Bytes(report)).RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(result => result.GetProperty("fingerprints").GetProperty("stackhubFinding/v1").GetString()!)];

    private static JsonElement Sarif() => JsonDocument.Parse(ReportFormat.Sarif.Bytes(SomeAudit.Report)).RootElement;

    private static string Text(ReportFormat format, AuditReport report) => Encoding.UTF8.GetString(format.Bytes(report));

    private static string[] Lines(AuditReport report) => Text(ReportFormat.Json, report).Split('\n');

    private static IReadOnlyList<string[]> Csv(AuditReport report)
    {
        using var reader = CsvHelper.CsvReader.Create(new MemoryStream(ReportFormat.Csv.Bytes(report)), CsvHelper.CsvReaderOptions.Default with { HasHeader = false });
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
