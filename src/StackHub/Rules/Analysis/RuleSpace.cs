using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;

namespace StackHub.Rules.Analysis;

/// <summary>
/// All subjects, as far as a set of conditions tells them apart. Conditions become boxes of it; unions, differences and emptiness are exact.
/// Each text that a set may have counts as a dimension of its own.
/// </summary>
internal sealed class RuleSpace
{
    /// <summary>Beyond so many boxes nothing is said rather than something wrong.</summary>
    private const int MostRegions = 20_000;

    private readonly RuleFields fields;
    private readonly List<Atoms> atoms = [];
    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    public RuleSpace(RuleFields fields, IEnumerable<Condition> conditions)
    {
        this.fields = fields;
        foreach (var tests in conditions.SelectMany(condition => condition.Tests()).GroupBy(KeyOf, StringComparer.OrdinalIgnoreCase))
        {
            places[tests.Key] = atoms.Count;
            atoms.Add(fields.Find(tests.First().Field)!.Type == RuleType.Set ? new TextAtoms(tests.Key, [], ["true", "false"], isClosed: true) : Atoms.Of(fields.Find(tests.First().Field)!, [.. tests]));
        }
    }

    /// <summary>The boxes whose union is the condition; null when they are too many.</summary>
    public IReadOnlyList<Region>? Of(Condition condition) => Of(condition, isNegated: false);

    /// <summary>What of the regions is in none of the others; null when that is not decided within bounds.</summary>
    public IReadOnlyList<Region>? Without(IReadOnlyList<Region> regions, IEnumerable<Region> others)
    {
        var left = regions;
        foreach (var other in others)
        {
            if (left.Count == 0)
                return left;
            left = [.. left.SelectMany(region => region.And(other) is null ? [region] : region.Without(other, dimension => atoms[dimension].Dimension.All))];
            if (left.Count > MostRegions)
                return null;
        }

        return left;
    }

    /// <summary>A box in words: "country not US, size above 1000".</summary>
    public string Words(Region region) => region.Limits.Count == 0 ? "everybody" : string.Join(", ", region.Limits.Select(limit => atoms[limit.Key].Dimension.Words(limit.Value)));

    private string KeyOf(Condition.Test test) =>
        fields.Find(test.Field)!.Type != RuleType.Set ? test.Field : test.Operator is RuleOperator.Has or RuleOperator.HasNot ? $"{test.Field} has {test.Values[0]}:" : $"{test.Field} known:";

    private IReadOnlyList<Region>? Of(Condition condition, bool isNegated) => condition switch
    {
        Condition.Test test => Box(test, isNegated),
        Condition.All all => isNegated ? Union(all.Parts, true) : Intersection(all.Parts, false),
        Condition.Any any => isNegated ? Intersection(any.Parts, true) : Union(any.Parts, false),
        Condition.None none => isNegated ? Union(none.Parts, false) : Intersection(none.Parts, true),
        _ => throw new UnreachableException(),
    };

    private Region[] Box(Condition.Test test, bool isNegated)
    {
        var place = places[KeyOf(test)];
        var passing = fields.Find(test.Field)!.Type == RuleType.Set
            ? Dimension.Mask(test.Operator is RuleOperator.Has or RuleOperator.Known ? 0 : 1)
            : atoms[place].Passing(test);
        if (isNegated)
            passing = atoms[place].Dimension.All & ~passing;
        return passing.IsZero ? [] : [new(ImmutableSortedDictionary<int, BigInteger>.Empty.Add(place, passing))];
    }

    private List<Region>? Union(ImmutableArray<Condition> parts, bool isNegated)
    {
        var union = new List<Region>();
        foreach (var part in parts)
        {
            if (Of(part, isNegated) is not { } regions || union.Count + regions.Count > MostRegions)
                return null;
            union.AddRange(regions);
        }

        return union;
    }

    private IReadOnlyList<Region>? Intersection(ImmutableArray<Condition> parts, bool isNegated)
    {
        IReadOnlyList<Region> product = [Region.Everybody];
        foreach (var part in parts)
        {
            if (Of(part, isNegated) is not { } regions || (long)product.Count * regions.Count > MostRegions)
                return null;
            product = [.. product.SelectMany(region => regions.Select(region.And)).OfType<Region>()];
        }

        return product;
    }
}
