namespace StackHub.Audit.Checks;

/// <summary>A tool that holds personal data by the hub's count, and is known to have no processing agreement.</summary>
public sealed class PersonalDataUncovered : IAuditCheck
{
    public string Name => "personal-data-uncovered";

    public string Question => "Which tools hold personal data without an agreement?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where tool.Privacy.ProcessingAgreement == false
        let personal = view.FlowsOf[tool.Id].Where(flow => flow.Personal && flow.Held + flow.To > 0).ToArray()
        where personal.Length > 0
        select this.Of(tool, Severity.High, $"{tool.Name} holds personal data without a processing agreement.", Proof.Count("personal fields", personal.Length), Proof.Count("values", personal.Sum(flow => flow.Held)), Proof.List("fields", personal.Select(flow => $"{flow.Kind}.{flow.Field}")));
}
