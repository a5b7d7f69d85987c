using StackHub.Audit;

namespace StackHub.Web.Audit;

/// <summary>A check's open findings by severity.</summary>
public sealed record CheckRow(string Check, int High, int Medium, int Low, int Info)
{
    public int Total => High + Medium + Low + Info;

    /// <summary>The gravest first.</summary>
    public static IReadOnlyList<CheckRow> Of(IEnumerable<Finding> findings) =>
    [
        .. from finding in findings
           where finding.Status == FindingStatus.Open
           group finding by finding.Check into check
           let row = new CheckRow(check.Key, Count(check, Severity.High), Count(check, Severity.Medium), Count(check, Severity.Low), Count(check, Severity.Info))
           orderby row.High descending, row.Medium descending, row.Low descending, row.Check
           select row,
    ];

    private static int Count(IEnumerable<Finding> findings, Severity severity) => findings.Count(finding => finding.Severity == severity);
}
