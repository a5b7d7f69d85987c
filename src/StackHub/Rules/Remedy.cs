using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using StackHub.Mapping;

namespace StackHub.Rules;

/// <summary>A test that would have to come out otherwise. Its words are the rule set's, never a person's.</summary>
/// <param name="Holds">True when it would have to hold; false when it must not.</param>
public sealed record RemedyTest(Condition.Test Test, bool Holds)
{
    public bool Equals(RemedyTest? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() => Holds ? Test.ToString() : $"not: {Test}";
}

/// <summary>The fewest tests that would have to come out otherwise for a condition to hold, or not to. Pure.</summary>
public static class Remedy
{
    /// <summary>Empty when it holds already; null when nothing makes it hold.</summary>
    public static ImmutableArray<RemedyTest>? ToHold(Condition condition, Facts facts, RuleFields fields) => condition switch
    {
        Condition.Test test => Holds(test, facts, fields) ? [] : [new(test, true)],
        Condition.All all => Every(all.Parts.Select(part => ToHold(part, facts, fields))),
        Condition.Any any => Least(any.Parts.Select(part => ToHold(part, facts, fields))),
        Condition.None none => Every(none.Parts.Select(part => ToFail(part, facts, fields))),
        _ => throw new UnreachableException(),
    };

    /// <summary>Empty when it does not hold; null when it holds whatever is changed.</summary>
    public static ImmutableArray<RemedyTest>? ToFail(Condition condition, Facts facts, RuleFields fields) => condition switch
    {
        Condition.Test test => Holds(test, facts, fields) ? [new(test, false)] : [],
        Condition.All all => Least(all.Parts.Select(part => ToFail(part, facts, fields))),
        Condition.Any any => Every(any.Parts.Select(part => ToFail(part, facts, fields))),
        Condition.None none => Least(none.Parts.Select(part => ToHold(part, facts, fields))),
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// Somebody of whom the changed tests come out as they would have to, and of the others as many as can be as before; to see whether the
    /// changes do what they promise. Null when no value of a field satisfies all that is asked of it. The order of the changes does not matter.
    /// </summary>
    /// <param name="others">The tests of the rules in question, changed or not.</param>
    public static Facts? Applied(Facts facts, RuleFields fields, IEnumerable<RemedyTest> changes, IEnumerable<Condition.Test> others)
    {
        var values = fields.All.ToDictionary(field => field.Name, field => facts.Text(fields.PlaceOf(field.Name)), StringComparer.Ordinal);
        var kept = others.Select(test => new RemedyTest(test, Holds(test, facts, fields))).Distinct().ToLookup(test => test.Test.Field);
        foreach (var asked in changes.Distinct().OrderBy(change => change.ToString(), StringComparer.Ordinal).GroupBy(change => change.Test.Field))
        {
            var field = fields.Find(asked.Key)!;
            RemedyTest[] wanted = [.. asked], before = [.. kept[asked.Key]];
            var fitting = Candidates(field.Type, [.. wanted, .. before], values[field.Name])
                .Select(value => (Value: value, Facts: Facts.Read(fields, name => name == field.Name ? value : null)))
                .Where(candidate => wanted.All(test => Holds(test.Test, candidate.Facts, fields) == test.Holds)).ToArray();
            if (fitting.Length == 0)
                return null;
            values[field.Name] = fitting.MaxBy(candidate => before.Count(test => Holds(test.Test, candidate.Facts, fields) == test.Holds)).Value;
        }

        return Facts.Read(fields, name => values[name]);
    }

    /// <summary>Values of which one satisfies all of the tests, if any value does: each one's own, all of a set's together, and a number between two bounds.</summary>
    private static IEnumerable<string?> Candidates(RuleType type, RemedyTest[] tests, string? before)
    {
        foreach (var test in tests)
            yield return Value(type, test, before);
        foreach (var value in tests.SelectMany(test => test.Test.Values))
            yield return value;
        if (type == RuleType.Set)
            yield return tests.Reverse().Aggregate(before, (set, test) => Value(type, test, set)); // what is asked has the last word
        if (type == RuleType.Flag)
            yield return "false";
        if (type == RuleType.Number)
        {
            decimal[] bounds = [.. tests.SelectMany(test => test.Test.Values).Select(value => decimal.Parse(value, CultureInfo.InvariantCulture)).Distinct().Order()];
            foreach (var (low, high) in bounds.Zip(bounds.Skip(1)))
                yield return ((low + high) / 2).ToString(CultureInfo.InvariantCulture);
        }

        yield return Known(type);
        yield return null;
    }

    /// <summary>A value with which the test comes out as wanted; null is no value, which is equal to none.</summary>
    private static string? Value(RuleType type, RemedyTest change, string? before)
    {
        var (test, holds) = (change.Test, change.Holds);
        return test.Operator switch
        {
            RuleOperator.Known => holds ? Known(type) : null,
            RuleOperator.Unknown => holds ? null : Known(type),
            RuleOperator.Has or RuleOperator.HasNot => CanonicalText.Join((test.Operator == RuleOperator.Has) == holds
                ? CanonicalText.Split(before).Append(test.Values[0])
                : CanonicalText.Split(before).Where(part => !part.Equals(test.Values[0], StringComparison.OrdinalIgnoreCase))),
            RuleOperator.Is or RuleOperator.In or RuleOperator.StartsWith => holds ? test.Values[0] : null,
            RuleOperator.IsNot or RuleOperator.NotIn => holds ? null : test.Values[0],
            var compared => Number(decimal.Parse(test.Values[0], CultureInfo.InvariantCulture), compared, holds),
        };
    }

    private static string Number(decimal value, RuleOperator compared, bool holds) => (compared switch
    {
        RuleOperator.Above => holds ? value + 1 : value,
        RuleOperator.AtLeast => holds ? value : value - 1,
        RuleOperator.Below => holds ? value - 1 : value,
        _ => holds ? value : value + 1,
    }).ToString(CultureInfo.InvariantCulture);

    private static string Known(RuleType type) => type switch { RuleType.Number => "1", RuleType.Flag => "true", _ => "known" };

    private static bool Holds(Condition.Test test, Facts facts, RuleFields fields) => CompiledCondition.Of(test, fields).FirstFailed(facts) is null;

    private static ImmutableArray<RemedyTest>? Every(IEnumerable<ImmutableArray<RemedyTest>?> parts)
    {
        var all = ImmutableArray.CreateBuilder<RemedyTest>();
        foreach (var part in parts)
        {
            if (part is not { } changes)
                return null;
            all.AddRange(changes.Where(change => !all.Contains(change)));
        }

        return all.DrainToImmutable();
    }

    private static ImmutableArray<RemedyTest>? Least(IEnumerable<ImmutableArray<RemedyTest>?> parts) => parts.Where(part => part is not null).MinBy(part => part!.Value.Length);
}
