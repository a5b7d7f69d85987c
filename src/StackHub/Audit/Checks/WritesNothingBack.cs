using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>U4: a tool that is fed and says nothing. Some are meant to be (a mailer); none should be by accident.</summary>
public sealed class WritesNothingBack : IAuditCheck
{
    public string Name => "unused-writes-nothing-back";

    public string Question => "Which connected tools are fed, and tell nothing?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where tool.IsConnected
        let fields = view.Stack.FieldsOf(tool.Id).ToArray()
        let told = fields.Where(field => field.Direction == FieldDirection.To && field.Values > 0).ToArray()
        where told.Length > 0 && !fields.Any(field => field.Direction == FieldDirection.From && field.Values > 0)
        select this.Of(tool, Severity.Info, $"{tool.Name} gets {AuditWords.Count(told.Length, "field")} and writes none back.", Proof.Count("fields", told.Length), Proof.Count("values", told.Sum(field => field.Values)));
}
