namespace StackHub.Audit.Checks;

/// <summary>The vendor counts calls of all the company's clients: whoever is last finds the door shut.</summary>
public sealed class CallsNearlyUsed : IAuditCheck
{
    public string Name => "calls-nearly-used";

    public string Question => "Where are the vendor's allowed calls nearly used up?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where tool.Integration?.CallShare >= view.Settings.MostCalls
        let calls = tool.Integration!
        select this.Of(tool, calls.CallShare >= 1 ? Severity.High : Severity.Medium, $"{AuditWords.Percent(calls.CallShare!.Value)} of the calls that {tool.Name} allows are used.", Proof.Count("calls", calls.CallsUsed ?? 0), Proof.Count("allowed", calls.CallsAllowed ?? 0));
}
