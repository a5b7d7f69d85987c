using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace StackHub.Rules;

/// <summary>A condition ready to be asked of many; it answers with the first check that failed.</summary>
public sealed class CompiledCondition
{
    private readonly Func<Facts, string?> check;

    private CompiledCondition(Func<Facts, string?> check) => this.check = check;

    /// <param name="condition">Names known fields and fitting operators only.</param>
    public static CompiledCondition Of(Condition condition, RuleFields fields) => new(Compile(condition, fields));

    /// <summary>Null when the condition holds; otherwise the first check that does not, in the words of the rule set.</summary>
    public string? FirstFailed(Facts facts) => check(facts);

    private static Func<Facts, string?> Compile(Condition condition, RuleFields fields) => condition switch
    {
        Condition.Test test => One(test, fields),
        Condition.All all => All(Parts(all.Parts, fields)),
        Condition.Any any => Any(Parts(any.Parts, fields)),
        Condition.None none => None(none, Parts(none.Parts, fields)),
        _ => throw new UnreachableException(),
    };

    private static Func<Facts, string?>[] Parts(ImmutableArray<Condition> parts, RuleFields fields) => [.. parts.Select(part => Compile(part, fields))];

    private static Func<Facts, string?> All(Func<Facts, string?>[] parts) => facts =>
    {
        foreach (var part in parts)
            if (part(facts) is { } failed)
                return failed;
        return null;
    };

    private static Func<Facts, string?> Any(Func<Facts, string?>[] parts) => facts =>
    {
        string? first = null;
        foreach (var part in parts)
        {
            if (part(facts) is not { } failed)
                return null;
            first ??= failed;
        }

        return first ?? "any of nothing";
    };

    private static Func<Facts, string?> None(Condition.None none, Func<Facts, string?>[] parts)
    {
        string[] words = [.. none.Parts.Select(part => $"none: {part}")];
        return facts =>
        {
            for (var i = 0; i < parts.Length; i++)
                if (parts[i](facts) is null)
                    return words[i];
            return null;
        };
    }

    private static Func<Facts, string?> One(Condition.Test test, RuleFields fields)
    {
        var (words, holds) = (test.ToString(), Predicate(test, fields));
        return facts => holds(facts) ? null : words;
    }

    private static Predicate<Facts> Predicate(Condition.Test test, RuleFields fields)
    {
        var (place, type) = (fields.PlaceOf(test.Field), fields.Find(test.Field)!.Type);
        if (test.Operator == RuleOperator.Known)
            return facts => facts.Text(place) is not null;
        if (test.Operator == RuleOperator.Unknown)
            return facts => facts.Text(place) is null;
        return type switch
        {
            RuleType.Number => OfNumber(test.Operator, place, decimal.Parse(test.Values[0], CultureInfo.InvariantCulture)),
            RuleType.Set => OfSet(test.Operator, place, test.Values[0]),
            _ => OfText(test, place),
        };
    }

    private static Predicate<Facts> OfText(Condition.Test test, int place)
    {
        var (value, values) = (test.Values[0], test.Values.ToFrozenSet(StringComparer.OrdinalIgnoreCase));
        return test.Operator switch
        {
            RuleOperator.Is => facts => string.Equals(facts.Text(place), value, StringComparison.OrdinalIgnoreCase),
            RuleOperator.IsNot => facts => !string.Equals(facts.Text(place), value, StringComparison.OrdinalIgnoreCase),
            RuleOperator.In => facts => facts.Text(place) is { } text && values.Contains(text),
            RuleOperator.NotIn => facts => facts.Text(place) is not { } text || !values.Contains(text),
            RuleOperator.StartsWith => facts => facts.Text(place)?.StartsWith(value, StringComparison.OrdinalIgnoreCase) == true,
            _ => throw new UnreachableException(),
        };
    }

    private static Predicate<Facts> OfNumber(RuleOperator operation, int place, decimal value) => operation switch
    {
        RuleOperator.Is => facts => facts.Number(place) == value,
        RuleOperator.IsNot => facts => facts.Number(place) != value,
        RuleOperator.Above => facts => facts.Number(place) > value,
        RuleOperator.AtLeast => facts => facts.Number(place) >= value,
        RuleOperator.Below => facts => facts.Number(place) < value,
        RuleOperator.AtMost => facts => facts.Number(place) <= value,
        _ => throw new UnreachableException(),
    };

    private static Predicate<Facts> OfSet(RuleOperator operation, int place, string value) => operation switch
    {
        RuleOperator.Has => facts => facts.Set(place)?.Contains(value, StringComparer.OrdinalIgnoreCase) == true,
        RuleOperator.HasNot => facts => facts.Set(place)?.Contains(value, StringComparer.OrdinalIgnoreCase) != true,
        _ => throw new UnreachableException(),
    };
}
