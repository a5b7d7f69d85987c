namespace StackHub.Audit.Checks;

/// <summary>U5: accounts of people who left: money, and a way in.</summary>
public sealed class SeatsOfLeavers : IAuditCheck
{
    public string Name => "seats-of-leavers";

    public string Question => "Where do people who left still have accounts?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        let use = view.Use(tool.Id)
        where use.Leavers > 0
        select this.Of(tool, Severity.High, $"{AuditWords.Count(use.Leavers, "person", "people")} who left still {(use.Leavers == 1 ? "has an account" : "have accounts")} in {tool.Name}.", Proof.Count("accounts", use.Leavers), Proof.Count("all accounts", use.Accounts))
            .Saving(tool.SeatPerYear * use.Leavers, tool.Currency);
}
