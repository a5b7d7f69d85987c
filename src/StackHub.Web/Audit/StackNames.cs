using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Inventory;

namespace StackHub.Web.Audit;

/// <summary>What tools are called, and where a page or report tells more about a tool or a finding.</summary>
/// <param name="ToTool">From what is being drawn; null when there is nothing to go to.</param>
public sealed record StackNames(StackInventory Stack, LocalDate Today, Func<ToolId, string?> ToTool, Func<Finding, string?> ToFinding)
{
    public string Of(ToolId tool) => Stack.Find(tool)?.Name ?? tool.Text;

    /// <summary>Tools of the stack only: a finding may be about something that is none yet.</summary>
    public string? To(ToolId tool) => Stack.Find(tool) is null ? null : ToTool(tool);

    public override string ToString() => "names of tools";
}
