namespace StackHub.Audit.Checks;

/// <summary>U6: paid, and neither the hub nor sign-on can see whether anybody uses it.</summary>
public sealed class PaidAndUnseen : IAuditCheck
{
    public string Name => "paid-and-unseen";

    public string Question => "Which paid tools are connected to nothing that could show their use?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where tool.IsPaid && !tool.IsConnected && tool.SsoApp is null && !view.Use(tool.Id).IsKnown
        select this.Of(tool, view.Settings.BySaving(tool.YearlyCost) == Severity.High ? Severity.Medium : Severity.Low, $"{tool.Name} is paid, and nothing shows whether it is used.", Proof.Money("cost a year", tool.YearlyCost ?? 0, tool.Currency), Proof.Text("seen by", "nobody"));
}
