using StackHub.Mapping;

namespace StackHub.Sync.Policies;

public sealed class SystemOfRecord : IConflictPolicy
{
    public PolicyKind Kind => PolicyKind.SystemOfRecord;

    public Decision Decide(IReadOnlyList<Candidate> candidates, FieldPolicy policy)
    {
        foreach (var system in policy.Systems)
        {
            var own = candidates.Where(candidate => candidate.Active && candidate.Link.System == system).ToArray();
            if (own.Length > 0)
                return Decision.For(MostRecent.Newest(own), $"{system} is the system of record");
        }
        return Decision.For(MostRecent.Newest(candidates), "no system of record has a value; authored last");
    }
}
