using System.Collections.Immutable;
using System.Numerics;

namespace StackHub.Rules.Analysis;

/// <summary>A box of subjects: for some dimensions the atoms they may have; the others are free. Never empty.</summary>
internal sealed record Region(ImmutableSortedDictionary<int, BigInteger> Limits)
{
    public static readonly Region Everybody = new(ImmutableSortedDictionary<int, BigInteger>.Empty);

    /// <summary>Null when nobody is in both.</summary>
    public Region? And(Region other)
    {
        var limits = Limits.ToBuilder();
        foreach (var (dimension, atoms) in other.Limits)
        {
            var both = limits.TryGetValue(dimension, out var own) ? own & atoms : atoms;
            if (both.IsZero)
                return null;
            limits[dimension] = both;
        }

        return new(limits.ToImmutable());
    }

    public bool Contains(Region other) => Limits.All(limit => other.Limits.TryGetValue(limit.Key, out var atoms) && (atoms & ~limit.Value).IsZero);

    /// <summary>What of it is outside the other, in boxes that do not overlap.</summary>
    public IEnumerable<Region> Without(Region other, Func<int, BigInteger> all)
    {
        var rest = Limits;
        foreach (var (dimension, atoms) in other.Limits)
        {
            var own = rest.TryGetValue(dimension, out var limit) ? limit : all(dimension);
            if (!(own & ~atoms).IsZero)
                yield return new(rest.SetItem(dimension, own & ~atoms));
            if ((own & atoms).IsZero)
                yield break;
            rest = rest.SetItem(dimension, own & atoms);
        }
    }
}
