using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Sync.Policies;

public sealed class Union : IConflictPolicy
{
    public PolicyKind Kind => PolicyKind.Union;

    public Decision Decide(IReadOnlyList<Candidate> candidates, FieldPolicy policy)
    {
        var newest = MostRecent.Newest(candidates);
        var options = CanonicalText.Join(candidates.SelectMany(candidate => CanonicalText.Split(candidate.Value.Text)));
        return Decision.For(newest, "the options of all systems together") with { Value = new FieldValue(options) };
    }
}
