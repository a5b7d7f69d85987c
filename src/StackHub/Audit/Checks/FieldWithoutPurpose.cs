namespace StackHub.Audit.Checks;

/// <summary>Personal fields that a tool is given, and nobody said what for. Asked only where purposes are declared at all.</summary>
public sealed class FieldWithoutPurpose : IAuditCheck
{
    public string Name => "field-without-purpose";

    public string Question => "Which tools are given personal fields that have no purpose?";

    public IEnumerable<Finding> Find(AuditView view) => view.Stack.Purposes.Count == 0
        ? []
        : from tool in view.Stack.Tools
          let idle = view.FlowsOf[tool.Id].Where(flow => flow.Personal && flow.To > 0 && flow.Purpose is null).ToArray()
          where idle.Length > 0
          select this.Of(tool, Severity.Medium, $"{tool.Name} is given {AuditWords.Count(idle.Length, "personal field")} without a purpose.", Proof.Count("fields", idle.Length), Proof.List("names", idle.Select(flow => $"{flow.Kind}.{flow.Field}")));
}
