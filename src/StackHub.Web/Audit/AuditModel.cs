using NodaTime;
using StackHub.Audit;
using StackHub.Web.Audit.Parts;
using StackHub.Web.Shell;

namespace StackHub.Web.Audit;

/// <summary>The newest report, as the pages of the audit and the printed report show it.</summary>
/// <param name="Runs">The newest first.</param>
/// <param name="Tools">By name.</param>
/// <param name="Today">The day on which it is read, which may be later than that of the run.</param>
public sealed record AuditModel(AuditReport Report, IReadOnlyList<AuditRun> Runs, IReadOnlyList<RenewalRow> Renewals, IReadOnlyList<ToolRow> Tools, VerdictLines Lines, LocalDate Today)
{
    private const int TopFindings = 8;
    private const int NextRenewals = 6;

    public IReadOnlyList<Finding> Open { get; } = [.. Report.Findings.Where(finding => finding.Status == FindingStatus.Open)];

    public IReadOnlyList<Finding> Gravest => [.. Open.Take(TopFindings)];

    public IReadOnlyList<RenewalRow> Next => [.. Renewals.Take(NextRenewals)];

    public IReadOnlyList<CheckRow> Checks => CheckRow.Of(Open);

    public MatrixModel Matrix => MatrixModel.Of(Report.Pairs);

    public FlowMapModel Map => FlowMapModel.Of(Report.Flows, tool => Report.Stack.Find(tool)?.Name ?? tool.Text);

    public ExposureModel Exposure => ExposureModel.Of(Report.Flows);

    /// <summary>Tools of which something is known about erasure, or that are known to hold personal data; those in need of it first.</summary>
    public IReadOnlyList<ErasureReadiness> Erasure { get; } =
    [
        .. Report.Erasure.Where(erasure => erasure.Level != ErasureLevel.Unknown || erasure.PersonalValues > 0)
            .OrderBy(erasure => erasure.Level).ThenByDescending(erasure => erasure.PersonalValues ?? 0).ThenBy(erasure => erasure.Tool),
    ];

    public TrendModel Trend => TrendModel.Of(Runs);

    public static AuditModel Of(AuditReport report, IReadOnlyList<AuditRun> runs, AuditSettings settings, LocalDate today) => new(report, runs, RenewalList.Of(report, settings, today), [.. ToolRow.Of(report, settings)], VerdictLines.Of(settings), today);

    /// <summary>Names and addresses as seen from a page of the console.</summary>
    public StackNames NamesFor(Frame frame) => new(Report.Stack, Today, tool => frame.To($"audit/tools/{Uri.EscapeDataString(tool.Text)}"), finding => frame.To($"audit/findings/{finding.Id}"));

    public override string ToString() => Report.ToString();
}
