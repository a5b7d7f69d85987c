namespace StackHub.Audit.Checks;

/// <summary>A tool that is in a poor state as a whole, where enough is known to say so.</summary>
public sealed class PoorHealth : IAuditCheck
{
    public string Name => "poor-health";

    public string Question => "Which tools are in a poor state?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        let health = view.Health(tool.Id)
        where health.Score < view.Settings.LeastHealth && health.Confidence >= view.Settings.LeastConfidence
        select this.Of(tool, Severity.Medium, $"{tool.Name} has a health of {health.Score:0} of 100.", [Proof.Count("health", (long)Math.Round(health.Score!.Value)), Proof.Share("confidence", health.Confidence), .. health.Parts.Where(part => part.Known > 0).Select(part => Proof.Share(part.Name, part.Share!.Value))]);
}
