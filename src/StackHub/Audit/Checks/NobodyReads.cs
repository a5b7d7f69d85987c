using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>U3: a tool whose values go nowhere.</summary>
public sealed class NobodyReads : IAuditCheck
{
    public string Name => "unused-nobody-reads";

    public string Question => "Which connected tools write what nobody reads?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        where tool.IsConnected
        let written = view.Stack.FieldsOf(tool.Id).Where(field => field.Direction == FieldDirection.From && field.Values > 0).ToArray()
        where written.Length > 0 && !written.Any(field => view.Readers.ReadersOf(field.Path).Any(reader => reader != tool.Id))
        select this.Of(tool, Severity.Medium, $"No other tool gets any of the {AuditWords.Count(written.Length, "field")} that {tool.Name} writes.", Proof.Count("fields", written.Length), Proof.Count("values", written.Sum(field => field.Values)), Proof.List("fields written", written.Select(field => field.Path)));
}
