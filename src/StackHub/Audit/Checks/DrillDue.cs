using NodaTime;

namespace StackHub.Audit.Checks;

/// <summary>A trial erasure that passed so long ago that it proves little of today. A tool that was never tried is no finding: its readiness says so.</summary>
public sealed class DrillDue : IAuditCheck
{
    public string Name => "erasure-drill-due";

    public string Question => "Where should a trial erasure be made again?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from readiness in view.Erasure
        where readiness.Level == ErasureLevel.Proven
        let days = Period.DaysBetween(readiness.Drill!.Day, view.Stack.Today)
        where days > view.Settings.DrillDays
        let tool = view.Stack.Find(readiness.Tool)!
        select this.Of(tool, Severity.Low, $"The last trial erasure in {tool.Name} was {days} days ago.", Proof.Day("trial", readiness.Drill!.Day), Proof.Count("days", days));
}
