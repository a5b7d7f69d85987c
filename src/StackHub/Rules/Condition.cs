using System.Collections.Immutable;
using System.Diagnostics;

namespace StackHub.Rules;

/// <summary>How a field is compared. Texts compare without regard to case; what is not known is no value, so it is not equal to any.</summary>
public enum RuleOperator
{
    Is,
    IsNot,
    In,
    NotIn,
    StartsWith,
    Above,
    AtLeast,
    Below,
    AtMost,
    Has,
    HasNot,
    Known,
    Unknown,
}

/// <summary>What has to hold, as data: tests joined by all, any and none. There is no code in it, so that a set of conditions can be analysed.</summary>
public abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>Holds for everybody.</summary>
    public static Condition Always { get; } = new All([]);

    /// <summary>Every test in it, as often as it is written.</summary>
    public IEnumerable<Test> Tests() => this switch
    {
        Test test => [test],
        All all => all.Parts.SelectMany(part => part.Tests()),
        Any any => any.Parts.SelectMany(part => part.Tests()),
        None none => none.Parts.SelectMany(part => part.Tests()),
        _ => throw new UnreachableException(),
    };

    public sealed record All(ImmutableArray<Condition> Parts) : Condition
    {
        public override string ToString() => $"all of ({string.Join("; ", Parts)})";
    }

    public sealed record Any(ImmutableArray<Condition> Parts) : Condition
    {
        public override string ToString() => $"any of ({string.Join("; ", Parts)})";
    }

    public sealed record None(ImmutableArray<Condition> Parts) : Condition
    {
        public override string ToString() => $"none of ({string.Join("; ", Parts)})";
    }

    /// <param name="Values">From the rule set, never of a person; none for known and unknown, several for in and not in.</param>
    public sealed record Test(string Field, RuleOperator Operator, ImmutableArray<string> Values) : Condition
    {
        public override string ToString() => $"{Field} {Operators.NameOf(Operator)}{(Values.IsEmpty ? "" : $" {string.Join(", ", Values)}")}";
    }
}
