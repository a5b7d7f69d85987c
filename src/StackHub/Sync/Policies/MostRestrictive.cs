using StackHub.Mapping;

namespace StackHub.Sync.Policies;

/// <summary>An opt-out anywhere is an opt-out everywhere, until every system that said so takes it back.</summary>
public sealed class MostRestrictive : IConflictPolicy
{
    public PolicyKind Kind => PolicyKind.MostRestrictive;

    public Decision Decide(IReadOnlyList<Candidate> candidates, FieldPolicy policy)
    {
        var restricted = candidates.Where(candidate => candidate.Value.Text == "true").ToArray();
        return restricted.Length > 0
            ? Decision.For(MostRecent.Newest(restricted), "the most restrictive wins")
            : Decision.For(MostRecent.Newest(candidates), "nobody restricts");
    }
}
