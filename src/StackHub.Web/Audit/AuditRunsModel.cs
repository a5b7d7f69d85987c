using StackHub.Audit;

namespace StackHub.Web.Audit;

/// <summary>All runs, the newest first.</summary>
public sealed record AuditRunsModel(AuditModel Audit)
{
    public override string ToString() => $"{Audit.Runs.Count} audit runs";
}

/// <summary>A run and how it differs from another one.</summary>
/// <param name="Before">What it is compared with; null for the first.</param>
public sealed record AuditRunModel(AuditModel Audit, AuditRun Run, AuditRun? Before)
{
    public IReadOnlyList<Finding> New => Find(Run.New);

    public IReadOnlyList<Finding> Gone => Find(Run.Gone);

    public IReadOnlyList<Finding> Changed => Find(Run.Changed);

    /// <summary>Ids of which no finding is remembered any more.</summary>
    public int Forgotten => Run.New.Concat(Run.Gone).Concat(Run.Changed).Count(id => Audit.Report.Findings.All(finding => finding.Id != id));

    private Finding[] Find(IReadOnlyCollection<string> ids) => [.. Audit.Report.Findings.Where(finding => ids.Contains(finding.Id))];

    public static AuditRunModel? Of(AuditModel audit, string id)
    {
        var runs = audit.Runs;
        for (var place = 0; place < runs.Count; place++)
            if (runs[place].Id == id)
                return new(audit, runs[place], place + 1 < runs.Count ? runs[place + 1] : null);
        return null;
    }

    public override string ToString() => Run.ToString();
}
