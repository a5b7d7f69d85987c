using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>U7 for what the hub itself is connected to: finance and contracts know nothing of it.</summary>
public sealed class ConnectedWithoutInvoice : IAuditCheck
{
    private const ToolSources Books = ToolSources.Finance | ToolSources.Contract;

    public string Name => "connected-without-invoice";

    public string Question => "Which connected tools are in no invoice and no contract?";

    /// <summary>Without any invoice at all nothing follows from one that is missing.</summary>
    public IEnumerable<Finding> Find(AuditView view) => view.Stack.Tools.Any(tool => (tool.Sources & Books) != 0)
        ? from tool in view.Stack.Tools
          where tool.IsConnected && (tool.Sources & Books) == 0 && tool.Cost is not { IsFree: true }
          select this.Of(tool, Severity.Medium, $"{tool.Name} is connected, and no invoice or contract names it.", Proof.List("systems", tool.Systems))
        : [];
}
