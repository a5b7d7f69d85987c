using StackHub.Mapping;

namespace StackHub.Sync.Policies;

/// <summary>The oldest value that any system ever authored.</summary>
public sealed class First : IConflictPolicy
{
    public PolicyKind Kind => PolicyKind.First;

    public Decision Decide(IReadOnlyList<Candidate> candidates, FieldPolicy policy)
    {
        var first = candidates.Select(candidate => candidate with { Value = candidate.First.Value, At = candidate.First.At }).Min()!;
        return Decision.For(first, "authored first");
    }
}
