using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>U7: people sign in to it, and no list of ours names it.</summary>
public sealed class ShadowTool : IAuditCheck
{
    public string Name => "shadow-tool";

    public string Question => "Which tools do people use that no list names?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where !tool.IsKnown && (tool.Sources & ToolSources.SignOn) != 0
        let use = view.Use(tool.Id)
        select this.Of(tool, use.Active >= Many ? Severity.Medium : Severity.Low, $"People sign in to {tool.Name}, and no list names it.", Proof.Count("active", use.Active), Proof.Count("accounts", use.Accounts), Proof.Day("last login", use.LastLogin));

    private const int Many = 5;
}
