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

    /// <summary>Somebody of whom the tests come out as they would have to, and nothing else is different; to see whether the changes do what they promise.</summary>
    public static Facts Applied(Facts facts, RuleFields fields, IEnumerable<RemedyTest> changes)
    {
        var values = fields.All.ToDictionary(field => field.Name, field => facts.Text(fields.PlaceOf(field.Name)), StringComparer.Ordinal);
        foreach (var change in changes)
            values[change.Test.Field] = Value(fields.Find(change.Test.Field)!.Type, change, values[change.Test.Field]);
        return Facts.Read(fields, name => values[name]);
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
