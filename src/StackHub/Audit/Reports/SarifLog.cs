using System.Globalization;
using System.Text.Json;

namespace StackHub.Audit.Reports;

/// <summary>
/// A report as SARIF 2.1.0, for CI and code scanning. A result's fingerprint is its finding's id, so that a scanner knows it again whatever
/// its words and numbers are. It names no person: logs of CI are read by many.
/// </summary>
internal static class SarifLog
{
    /// <summary>Scanners want a file to point at: the one that declares what is audited.</summary>
    private const string Artifact = "stackhub.yaml";

    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private const string Fingerprint = "stackhubFinding/v1";

    public static void Write(AuditReport report, Stream file) => JsonSerializer.Serialize(file, Of(report), SarifJson.Default.SarifDocument);

    internal static SarifDocument Of(AuditReport report)
    {
        var checks = report.Findings.Select(finding => finding.Check).Distinct().Order(StringComparer.Ordinal).ToArray();
        var rules = checks.Select((check, index) => (check, index)).ToDictionary(rule => rule.check, rule => rule.index);
        var driver = new SarifDriver("StackHub stack audit", Version, [.. checks.Select(check => Rule(check, report))]);
        return new(Schema, "2.1.0", [new(new(driver), new($"stack-audit/{report.Run.Id}"), "utf16CodeUnits", [.. report.Findings.Select(finding => Result(finding, rules[finding.Check], report.Run))])]);
    }

    private static string Version => typeof(SarifLog).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private static SarifRule Rule(string check, AuditReport report)
    {
        var gravest = report.Findings.Where(finding => finding.Check == check).Max(finding => finding.Severity);
        return new(check, new(CheckWords.Of(check)), new(CheckWords.Question(check)), new(Level(gravest)), new(["stack-audit"]));
    }

    private static SarifResult Result(Finding finding, int rule, AuditRun run) => new(
        finding.Check,
        rule,
        finding.Status == FindingStatus.Fixed ? "none" : Level(finding.Severity), // the standard's word for what passed
        finding.Status == FindingStatus.Fixed ? "pass" : "fail",
        new(Sentence(finding)),
        [new(new(new(Artifact), new(1)), [.. Subjects(finding).Select(subject => new SarifLogicalLocation(subject, "resource"))])],
        new Dictionary<string, string> { [Fingerprint] = finding.Id },
        new Dictionary<string, string> { ["primaryLocationLineHash"] = $"{finding.Id}:1" },
        Baseline(finding, run),
        finding.Status == FindingStatus.Accepted ? [new("external", "accepted", Justification(finding))] : null,
        new(finding.Severity.ToString().ToLowerInvariant(), finding.Saving, finding.Saving is null ? null : finding.Currency, AuditDocuments.Day(finding.Due)));

    private static IEnumerable<string> Subjects(Finding finding) => finding.Tools.IsEmpty ? [finding.Subject] : finding.Tools.Select(tool => tool.Text);

    private static string Sentence(Finding finding) =>
        finding.Evidence.IsEmpty ? finding.Title : $"{finding.Title} ({string.Join("; ", finding.Evidence.Where(evidence => evidence.Name != "owner").Select(evidence => $"{evidence.Name}: {evidence.Value}"))})";

    private static string Justification(Finding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"Accepted until {AuditDocuments.Day(finding.AcceptedUntil) ?? "further notice"}.");

    private static string Baseline(Finding finding, AuditRun run) =>
        finding.Status == FindingStatus.Fixed ? "absent"
        : run.New.Contains(finding.Id) ? "new"
        : run.Changed.Contains(finding.Id) ? "updated"
        : "unchanged";

    private static string Level(Severity severity) => severity switch
    {
        Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };
}
