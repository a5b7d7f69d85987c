using StackHub.Mapping;

namespace StackHub.Sync;

/// <summary>One way to decide between claims. Pure, and independent of their order.</summary>
public interface IConflictPolicy
{
    PolicyKind Kind { get; }

    /// <summary>The value and the claim it comes from. <paramref name="candidates"/> is never empty.</summary>
    Decision Decide(IReadOnlyList<Candidate> candidates, FieldPolicy policy);
}
