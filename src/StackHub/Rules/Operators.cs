namespace StackHub.Rules;

/// <summary>Which operators a type has, and their names in the file.</summary>
public static class Operators
{
    private static readonly RuleOperator[] Always = [RuleOperator.Known, RuleOperator.Unknown];

    public static IEnumerable<RuleOperator> Of(RuleType type) => Always.Concat(type switch
    {
        RuleType.Text => (RuleOperator[])[RuleOperator.Is, RuleOperator.IsNot, RuleOperator.In, RuleOperator.NotIn, RuleOperator.StartsWith],
        RuleType.Number => [RuleOperator.Is, RuleOperator.IsNot, RuleOperator.Above, RuleOperator.AtLeast, RuleOperator.Below, RuleOperator.AtMost],
        RuleType.Flag => [RuleOperator.Is],
        _ => [RuleOperator.Has, RuleOperator.HasNot],
    });

    /// <summary>"atLeast" in the file and in explanations.</summary>
    public static string NameOf(RuleOperator value)
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static bool TakesNoValue(RuleOperator value) => value is RuleOperator.Known or RuleOperator.Unknown;

    public static bool TakesSeveral(RuleOperator value) => value is RuleOperator.In or RuleOperator.NotIn;
}
