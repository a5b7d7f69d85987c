using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Audit.Measuring;

namespace StackHub.Web.Audit;

/// <summary>A page of the stack's tools, by name.</summary>
public sealed record ToolsModel(AuditModel Audit, IReadOnlyList<ToolRow> Rows, int Total, string? Next, bool IsLater)
{
    public override string ToString() => $"{Rows.Count} tools";
}

/// <summary>A tool in a list.</summary>
/// <param name="Open">Its open findings.</param>
public sealed record ToolRow(Tool Tool, ToolHealth? Health, ToolUse Use, int Open)
{
    public static IEnumerable<ToolRow> Of(AuditReport report, AuditSettings settings)
    {
        var health = report.Health.ToDictionary(one => one.Tool);
        var open = report.Findings.Where(finding => finding.Status == FindingStatus.Open).SelectMany(finding => finding.Tools).CountBy(tool => tool).ToDictionary();
        return report.Stack.Tools.OrderBy(tool => tool.Name, StringComparer.OrdinalIgnoreCase).ThenBy(tool => tool.Id)
            .Select(tool => new ToolRow(tool, health.GetValueOrDefault(tool.Id), ToolUse.Of(tool, report.Stack, settings), open.GetValueOrDefault(tool.Id)));
    }
}
