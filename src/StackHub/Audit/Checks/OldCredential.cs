namespace StackHub.Audit.Checks;

public sealed class OldCredential : IAuditCheck
{
    public string Name => "old-credential";

    public string Question => "Which credentials should be renewed?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where tool.Integration?.AuthAge?.TotalDays > view.Settings.CredentialDays
        select this.Of(tool, Severity.Low, $"The hub's credential for {tool.Name} is {(int)tool.Integration!.AuthAge!.Value.TotalDays} days old.", Proof.Count("days", (int)tool.Integration.AuthAge.Value.TotalDays));
}
