using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>A tool with personal data from which a person could not be erased, only by hand, or not as fast as its vendor says.</summary>
public sealed class ErasureNotReady : IAuditCheck
{
    public string Name => "erasure-not-ready";

    public string Question => "From which tools could a person not be erased?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from readiness in view.Erasure
        where readiness.Level == ErasureLevel.Failing || readiness.IsSlow || (readiness.Level == ErasureLevel.ByHand && readiness.PersonalValues > 0)
        select Finding(view.Stack.Find(readiness.Tool)!, readiness);

    private Finding Finding(Tool tool, ErasureReadiness readiness) => readiness switch
    {
        { Level: ErasureLevel.Failing } => this.Of(tool, Severity.High, $"The last trial erasure in {tool.Name} failed.", Proof.Day("trial", readiness.Drill!.Day), Proof.Text("reason", readiness.Drill.Reason ?? "not told")),
        { IsSlow: true } => this.Of(tool, Severity.Medium, $"A trial erasure in {tool.Name} took longer than its vendor says.", Proof.Day("trial", readiness.Drill!.Day), Proof.Count("days until gone", readiness.Drill.DaysToGone!.Value), Proof.Count("days the vendor names", (long)Math.Ceiling(readiness.Claim!.GoneWithin!.Value.TotalDays))),
        _ => this.Of(tool, Severity.Medium, $"{tool.Name} holds personal data and has no way to erase a person but by hand.", Proof.Count("personal values", readiness.PersonalValues ?? 0)),
    };
}
