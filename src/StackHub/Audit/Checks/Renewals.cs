using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>Contracts of which notice must be given soon.</summary>
internal static class Renewals
{
    public static IEnumerable<(Tool Tool, ToolContract Contract, LocalDate LastDay)> Near(AuditView view) =>
        from tool in view.Stack.Tools
        let contract = tool.Contract
        where contract is not null
        let lastDay = contract.LastDayToAct(view.Settings.Calendar)
        where view.Stack.Today < contract.Renewal && view.Stack.Today.PlusDays(view.Settings.RenewalDays) >= lastDay
        select (tool, contract, lastDay);

    /// <summary>Its seats are known to be less used than they should be.</summary>
    public static bool IsUnderused(AuditView view, Tool tool) => view.Use(tool.Id).Utilisation < view.Settings.LeastUtilisation;

    public static decimal? Value(Tool tool, ToolContract contract) => contract.Value ?? tool.YearlyCost;

    public static Evidence[] Evidence(AuditView view, Tool tool, ToolContract contract, LocalDate lastDay) =>
    [
        Proof.Day("last day to act", lastDay),
        Proof.Day("renewal", contract.Renewal),
        Proof.Count("notice days", contract.NoticeDays),
        Proof.Text("utilisation", view.Use(tool.Id).Utilisation is { } utilisation ? AuditWords.Percent(utilisation) : "not known"),
    ];
}
