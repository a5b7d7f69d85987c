using System.Collections.Immutable;
using StackHub.Audit;

namespace StackHub.Web.Audit;

/// <summary>A page of the findings in one status.</summary>
/// <param name="Status">"open", "accepted", "fixed" or "all".</param>
/// <param name="Check">Of this check only, where one is named.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record FindingsModel(AuditModel Audit, string Status, string? Check, IReadOnlyList<Finding> Findings, int Total, string? Next, bool IsLater)
{
    public static readonly ImmutableArray<string> Statuses = ["open", "accepted", "fixed", "all"];

    public static IEnumerable<Finding> Select(AuditReport report, string status, string? check) =>
        report.Findings.Where(finding => (status == "all" || status.Equals(finding.Status.ToString(), StringComparison.OrdinalIgnoreCase)) && (check is null || check == finding.Check));

    public override string ToString() => $"{Findings.Count} findings";
}
