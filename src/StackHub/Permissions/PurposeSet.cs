using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Records;

namespace StackHub.Permissions;

/// <summary>The purposes of a hub, found by what they bind.</summary>
public sealed class PurposeSet
{
    public static readonly PurposeSet None = new([]);
    private readonly FrozenDictionary<string, ImmutableArray<Purpose>> byFlag;
    private readonly FrozenDictionary<SystemId, ImmutableArray<Purpose>> bySystem;

    public PurposeSet(IEnumerable<Purpose> purposes)
    {
        All = [.. purposes];
        byFlag = All.Where(purpose => purpose.Flag is not null).GroupBy(purpose => purpose.Flag!, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        bySystem = All.SelectMany(purpose => purpose.Bound.Keys.Select(system => (System: system, Purpose: purpose))).GroupBy(bound => bound.System)
            .ToFrozenDictionary(group => group.Key, group => group.Select(bound => bound.Purpose).ToImmutableArray());
    }

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<Purpose> All { get; }

    public IEnumerable<string> Flags => byFlag.Keys;

    public Purpose? Find(string name) => All.FirstOrDefault(purpose => purpose.Name == name);

    /// <summary>The purposes that a flag refuses.</summary>
    public ImmutableArray<Purpose> FlaggedBy(string field) => byFlag.TryGetValue(field, out var purposes) ? purposes : [];

    /// <summary>A flag itself is never withheld: a refusal has to be told.</summary>
    public bool IsFlag(string field) => byFlag.ContainsKey(field);

    public ImmutableArray<Purpose> BoundIn(SystemId system) => bySystem.TryGetValue(system, out var purposes) ? purposes : [];
}
