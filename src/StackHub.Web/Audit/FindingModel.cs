using NodaTime;
using StackHub.Audit;

namespace StackHub.Web.Audit;

/// <summary>A finding with what helps to decide about it.</summary>
/// <param name="Pair">The overlap it is about, where it is about one.</param>
public sealed record FindingModel(AuditModel Audit, Finding Finding, PairOverlap? Pair)
{
    private const int UsualDays = 90;

    public LocalDate Today => Audit.Today;

    /// <summary>What the form proposes.</summary>
    public LocalDate Until => Today.PlusDays(UsualDays);

    public LocalDate Latest => Today.PlusDays(Acceptance.MostDays);

    public static FindingModel? Of(AuditModel audit, string id)
    {
        if (audit.Report.Findings.FirstOrDefault(finding => finding.Id == id) is not { } finding)
            return null;
        var pair = finding.Tools.Length < 2 ? null : audit.Report.Pairs.FirstOrDefault(pair => finding.Tools.Contains(pair.First) && finding.Tools.Contains(pair.Second));
        return new(audit, finding, pair);
    }

    public override string ToString() => $"finding {Finding.Id}";
}
