using StackHub.Mapping;

namespace StackHub.Sync.Policies;

public sealed class MostRecent : IConflictPolicy
{
    public PolicyKind Kind => PolicyKind.MostRecent;

    public Decision Decide(IReadOnlyList<Candidate> candidates, FieldPolicy policy) => Decision.For(Newest(candidates), "authored last");

    public static Candidate Newest(IReadOnlyList<Candidate> candidates)
    {
        var newest = candidates[0];
        for (var index = 1; index < candidates.Count; index++)
            if (candidates[index].CompareTo(newest) > 0)
                newest = candidates[index];
        return newest;
    }
}
