using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace StackHub.Rules.Analysis;

/// <summary>
/// All that a field can be, as far as the conditions tell it apart: a few atoms, of which each subject has exactly one. Every test is a set
/// of them, so conditions can be compared without trying values.
/// </summary>
/// <param name="Atoms">What each means, in words.</param>
internal sealed record Dimension(string Field, ImmutableArray<string> Atoms)
{
    public BigInteger All => (BigInteger.One << Atoms.Length) - 1;

    public static BigInteger Mask(int atom) => BigInteger.One << atom;

    /// <summary>In words, the shorter way round: "country other than US".</summary>
    public string Words(BigInteger atoms)
    {
        var chosen = Names(atoms);
        var others = Names(All & ~atoms);
        return chosen.Count <= others.Count || others.Count == 0
            ? $"{Field} {string.Join(" or ", chosen.Take(4))}"
            : $"{Field} not {string.Join(" and not ", others.Take(4))}";
    }

    private List<string> Names(BigInteger atoms) => [.. Atoms.Where((_, place) => !(atoms & Mask(place)).IsZero)];
}

/// <summary>The atoms of one field and which of them pass a test.</summary>
internal abstract class Atoms
{
    public const string Unknown = "unknown";

    public abstract Dimension Dimension { get; }

    public abstract BigInteger Passing(Condition.Test test);

    public static Atoms Of(RuleField field, IReadOnlyList<Condition.Test> tests) => field.Type switch
    {
        RuleType.Number => new NumberAtoms(field.Name, tests),
        RuleType.Flag => new TextAtoms(field.Name, tests, ["true", "false"], isClosed: true),
        _ => new TextAtoms(field.Name, tests, [], isClosed: false),
    };

    protected BigInteger Where(Func<int, bool> passes) =>
        Enumerable.Range(0, Dimension.Atoms.Length).Where(passes).Aggregate(BigInteger.Zero, (mask, atom) => mask | Dimension.Mask(atom));
}

/// <summary>Named texts, what starts with a named text and is none of them, any other, and unknown.</summary>
internal sealed class TextAtoms : Atoms
{
    private readonly ImmutableArray<string> values;
    private readonly ImmutableArray<string> prefixes;

    public TextAtoms(string field, IReadOnlyList<Condition.Test> tests, string[] always, bool isClosed)
    {
        values = [.. always.Concat(tests.Where(test => test.Operator != RuleOperator.StartsWith).SelectMany(test => test.Values)).Distinct(StringComparer.OrdinalIgnoreCase)];
        prefixes = [.. tests.Where(test => test.Operator == RuleOperator.StartsWith).SelectMany(test => test.Values).Distinct(StringComparer.OrdinalIgnoreCase)];
        Dimension = new(field, [.. values, .. prefixes.Select(prefix => $"{prefix}..."), .. isClosed ? (string[])[] : ["any other"], Unknown]);
    }

    public override Dimension Dimension { get; }

    public override BigInteger Passing(Condition.Test test) => test.Operator switch
    {
        RuleOperator.Known => Where(atom => atom != UnknownAtom),
        RuleOperator.Unknown => Where(atom => atom == UnknownAtom),
        RuleOperator.Is or RuleOperator.In => Where(atom => IsOneOf(atom, test)),
        RuleOperator.IsNot or RuleOperator.NotIn => Where(atom => !IsOneOf(atom, test)),
        _ => Where(atom => TextOf(atom)?.StartsWith(test.Values[0], StringComparison.OrdinalIgnoreCase) == true),
    };

    private int UnknownAtom => Dimension.Atoms.Length - 1;

    private bool IsOneOf(int atom, Condition.Test test) => atom < values.Length && test.Values.Contains(values[atom], StringComparer.OrdinalIgnoreCase);

    /// <summary>What an atom surely starts with.</summary>
    private string? TextOf(int atom) => atom < values.Length ? values[atom] : atom < values.Length + prefixes.Length ? prefixes[atom - values.Length] : null;
}

/// <summary>Named numbers, the ranges between and around them, and unknown.</summary>
internal sealed class NumberAtoms : Atoms
{
    private readonly ImmutableArray<decimal> values;

    public NumberAtoms(string field, IReadOnlyList<Condition.Test> tests)
    {
        values = [.. tests.SelectMany(test => test.Values).Select(Parse).Distinct().Order()];
        Dimension = new(field, values.IsEmpty ? ["known", Unknown] : [.. Names(), Unknown]);
    }

    public override Dimension Dimension { get; }

    public override BigInteger Passing(Condition.Test test)
    {
        var unknown = Dimension.Atoms.Length - 1;
        if (test.Operator is RuleOperator.Known or RuleOperator.Unknown)
            return Where(atom => atom == unknown == (test.Operator == RuleOperator.Unknown));
        // Range, number, range, number ..., range: the number at place i is atom 2i + 1.
        var at = (2 * values.IndexOf(Parse(test.Values[0]))) + 1;
        return test.Operator switch
        {
            RuleOperator.Is => Where(atom => atom == at),
            RuleOperator.IsNot => Where(atom => atom != at),
            RuleOperator.Above => Where(atom => atom > at && atom != unknown),
            RuleOperator.AtLeast => Where(atom => atom >= at && atom != unknown),
            RuleOperator.Below => Where(atom => atom < at),
            _ => Where(atom => atom <= at),
        };
    }

    private IEnumerable<string> Names()
    {
        yield return $"below {Show(values[0])}";
        for (var i = 0; i < values.Length; i++)
        {
            yield return Show(values[i]);
            yield return i + 1 < values.Length ? $"between {Show(values[i])} and {Show(values[i + 1])}" : $"above {Show(values[i])}";
        }
    }

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Show(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
