using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Audit.Planning;

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

public sealed record SelectionView(string Tool, bool Known, double Covered, IReadOnlyList<string> OnlyHere, IReadOnlyList<RivalView> Rivals)
{
    public static SelectionView Of(Selection selection) => new(selection.Candidate.Id.Text, selection.IsKnown, selection.Covered, selection.OnlyHere,
        [.. selection.Rivals.Select(rival => new RivalView(rival.Tool.Text, rival.Overlap.Containment, rival.Overlap.Jaccard, rival.Shared, rival.FreeSeats))]);
}

public sealed record RivalView(string Tool, double Containment, double Jaccard, IReadOnlyList<string> Shared, int? FreeSeats);

public sealed record ConsolidationView(string Keep, string Drop, decimal? Saving, decimal? Cost, decimal? MoreSeatsCost, string Currency, int? PeopleToMove, int? MoreSeats, IReadOnlyList<string> BreakingFlows, IReadOnlyList<string> FlowsWithLess, IReadOnlyList<string> FieldsWithoutSource, long? RecordsOnlyDropHas, IReadOnlyList<string> CapabilitiesLost)
{
    public static ConsolidationView Of(Consolidation what) => new(what.Keep.Text, what.Drop.Text, what.Saving, what.Cost, what.MoreSeatsCost, what.Currency, what.PeopleToMove, what.MoreSeats, what.BreakingFlows, what.FlowsWithLess, what.FieldsWithoutSource, what.RecordsOnlyDropHas, what.CapabilitiesLost);
}

public sealed record ImportView(string Name, string Kind, long Rows, long BadRows, string? Rejected, bool Unchanged, IReadOnlyDictionary<string, string> Columns, IReadOnlyList<ImportProblem> Problems)
{
    public static ImportView Of(ImportReport report) => new(report.Name, report.Kind.ToString().ToLowerInvariant(), report.Rows, report.BadRows, report.Rejected, report.Unchanged, report.Columns, report.Problems);
}
