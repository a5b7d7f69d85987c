using StackHub.Audit;

namespace StackHub.Web.Audit;

/// <summary>The order people read findings in: open ones first, then the gravest, then what saves most.</summary>
internal static class FindingOrder
{
    public static IEnumerable<Finding> Of(IEnumerable<Finding> findings) => findings
        .OrderBy(finding => finding.Status)
        .ThenByDescending(finding => finding.Severity)
        .ThenByDescending(finding => finding.Saving ?? 0)
        .ThenBy(finding => finding.Check, StringComparer.Ordinal)
        .ThenBy(finding => finding.Subject, StringComparer.Ordinal);
}
