using StackHub.Audit;
using StackHub.Audit.Imports;

namespace StackHub.Cli.Output;

/// <summary>A finding as scripts read it.</summary>
public sealed record FindingView(string Id, string Check, string Subject, string Severity, string Title, IReadOnlyList<string> Tools, IReadOnlyDictionary<string, string> Evidence, decimal? Saving, string? Currency, string? Owner, string? Due, string Status, string? AcceptedUntil, string? AcceptedBecause, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    public static FindingView Of(Finding finding) => new(
        finding.Id, finding.Check, finding.Subject, Name(finding.Severity), finding.Title, [.. finding.Tools.Select(tool => tool.Text)],
        finding.Evidence.ToDictionary(evidence => evidence.Name, evidence => evidence.Value), finding.Saving, finding.Currency, finding.Owner?.Text,
        finding.Due is { } due ? AuditWords.Day(due) : null, Name(finding.Status), finding.AcceptedUntil is { } until ? AuditWords.Day(until) : null, finding.AcceptedBecause, finding.FirstSeen, finding.LastSeen);

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>A run as scripts read it: open findings, and how they differ from the run before.</summary>
public sealed record AuditRunView(string Run, DateTimeOffset At, int Tools, int UsageRows, double? Health, IReadOnlyDictionary<string, decimal> Waste, IReadOnlyList<string> New, IReadOnlyList<string> Gone, IReadOnlyList<string> Changed, IReadOnlyList<FindingView> Findings)
{
    public static AuditRunView Of(AuditReport report) => new(
        report.Run.Id, report.Run.At, report.Run.Tools, report.Run.UsageRows, report.Run.Health, report.Run.Waste, report.Run.New, report.Run.Gone, report.Run.Changed,
        [.. report.Findings.Where(finding => finding.Status != FindingStatus.Fixed).Select(FindingView.Of)]);
}

public sealed record ImportView(string Name, string Kind, long Rows, long BadRows, string? Rejected, bool Unchanged, IReadOnlyDictionary<string, string> Columns, IReadOnlyList<ImportProblem> Problems)
{
    public static ImportView Of(ImportReport report) => new(report.Name, report.Kind.ToString().ToLowerInvariant(), report.Rows, report.BadRows, report.Rejected, report.Unchanged, report.Columns, report.Problems);
}
