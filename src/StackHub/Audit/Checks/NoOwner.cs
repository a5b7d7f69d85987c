namespace StackHub.Audit.Checks;

public sealed class NoOwner : IAuditCheck
{
    public string Name => "no-owner";

    public string Question => "Which tools does nobody answer for?";

    /// <summary>A tool no list knows is a shadow first.</summary>
    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where tool.Owner is null && tool.IsKnown
        select this.Of(tool, tool.IsConnected || view.Settings.BySaving(tool.YearlyCost) == Severity.High ? Severity.Medium : Severity.Low, $"Nobody owns {tool.Name}.", Proof.Text("owner", "none"));
}
