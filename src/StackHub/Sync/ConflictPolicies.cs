using System.Collections.Frozen;
using StackHub.Mapping;
using StackHub.Sync.Policies;

namespace StackHub.Sync;

/// <summary>Every conflict policy; one for each <see cref="PolicyKind"/>.</summary>
public static class ConflictPolicies
{
    public static readonly FrozenDictionary<PolicyKind, IConflictPolicy> All = new IConflictPolicy[]
    {
        new First(),
        new Max(),
        new MostRecent(),
        new MostRestrictive(),
        new SystemOfRecord(),
        new Union(),
    }.ToFrozenDictionary(policy => policy.Kind);
}
