namespace StackHub.Audit;

/// <summary>One question asked of the whole stack. Pure: the same view, the same findings.</summary>
public interface IAuditCheck
{
    /// <summary>Stable: findings are known by it.</summary>
    string Name { get; }

    /// <summary>What it looks for, in one sentence.</summary>
    string Question { get; }

    IEnumerable<Finding> Find(AuditView view);
}
