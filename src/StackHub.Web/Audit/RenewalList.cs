using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Audit.Measuring;

namespace StackHub.Web.Audit;

/// <summary>A contract that renews, and until when one can still say no.</summary>
/// <param name="Used">Share of the paid seats that are used; null when nobody counts.</param>
public sealed record RenewalRow(Tool Tool, LocalDate Renewal, LocalDate LastDay, double? Used)
{
    public decimal? Value => Tool.Contract?.Value ?? Tool.YearlyCost;
}

/// <summary>What renews next.</summary>
public static class RenewalList
{
    /// <summary>Contracts that have not renewed yet, by the last day on which one can act; a day that has passed comes first and says so.</summary>
    public static IReadOnlyList<RenewalRow> Of(AuditReport report, AuditSettings settings, LocalDate today) =>
    [
        .. from tool in report.Stack.Tools
           let contract = tool.Contract
           where contract is not null
           where contract.Renewal > today
           let last = contract.LastDayToAct(settings.Calendar)
           orderby last, tool.Id
           select new RenewalRow(tool, contract.Renewal, last, ToolUse.Of(tool, report.Stack, settings).Utilisation),
    ];
}
