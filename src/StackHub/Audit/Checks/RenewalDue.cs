using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>Any contract of which notice must be given soon, or of which it is too late.</summary>
public sealed class RenewalDue : IAuditCheck
{
    public string Name => "renewal-due";

    public string Question => "Which contracts renew unless somebody acts soon?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from near in Renewals.Near(view)
        let late = near.LastDay < view.Stack.Today
        where late || !Renewals.IsUnderused(view, near.Tool)
        select this.Of(near.Tool, late ? Severity.Low : Severity.Medium, Title(near.Tool, near.Contract, near.LastDay, late), Renewals.Evidence(view, near.Tool, near.Contract, near.LastDay)) with { Due = late ? null : near.LastDay };

    private static string Title(Tool tool, ToolContract contract, NodaTime.LocalDate lastDay, bool late) => late
        ? $"{tool.Name} renews on {AuditWords.Day(contract.Renewal)}, and notice is no longer possible."
        : $"{tool.Name} renews on {AuditWords.Day(contract.Renewal)}: the last day to act is {AuditWords.Day(lastDay)}.";
}
