namespace StackHub.Audit.Checks;

/// <summary>U8: renews soon, and little used.</summary>
public sealed class RenewalOfUnused : IAuditCheck
{
    public string Name => "renewal-of-unused";

    public string Question => "Which little-used tools renew soon?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from near in Renewals.Near(view)
        where Renewals.IsUnderused(view, near.Tool) && near.LastDay >= view.Stack.Today
        select (this.Of(near.Tool, Severity.High, $"{near.Tool.Name} is used to {AuditWords.Percent(view.Use(near.Tool.Id).Utilisation!.Value)} and renews on {AuditWords.Day(near.Contract.Renewal)}: the last day to act is {AuditWords.Day(near.LastDay)}.", Renewals.Evidence(view, near.Tool, near.Contract, near.LastDay)) with { Due = near.LastDay })
            .Saving(Renewals.Value(near.Tool, near.Contract), near.Tool.Currency);
}
