namespace StackHub.Audit.Checks;

/// <summary>An inventory file that was garbage: what this audit says of it is as old as the snapshot that was kept.</summary>
public sealed class SourceRejected : IAuditCheck
{
    public string Name => "source-rejected";

    public string Question => "Which inventory files could not be taken?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from source in view.Stack.Sources
        where source.Rejected is not null
        select new Finding(Name, source.Name, source.AsOf is null ? Severity.High : Severity.Medium, source.AsOf is null ? $"{source.Name} was not taken, and there is no snapshot before it." : $"{source.Name} was not taken; its snapshot is used instead.")
        {
            Evidence = [Proof.Text("reason", source.Rejected!), Proof.Day("snapshot", source.AsOf)],
        };
}
