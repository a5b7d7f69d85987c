using System.Collections.Immutable;
using StackHub.Rules;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing.Policy;

/// <summary>A condition as a person says it: "Country is US, and lead score is at least 80".</summary>
public static class ConditionWords
{
    public static string Of(Condition condition) => Sentence(Words(condition, isInner: false));

    private static string Words(Condition condition, bool isInner) => condition switch
    {
        Condition.Test test => Words(test),
        Condition.All { Parts: [] } => "everybody",
        Condition.Any { Parts: [] } => "nobody",
        Condition.All { Parts: [var only] } => Words(only, isInner),
        Condition.Any { Parts: [var only] } => Words(only, isInner),
        Condition.All all => Joined(all.Parts, ", and ", isInner),
        Condition.Any any => Joined(any.Parts, ", or ", isInner),
        Condition.None { Parts: [] } => "everybody",
        Condition.None none => $"not that {Joined(none.Parts, ", nor that ", isInner)}",
        _ => condition.ToString()!,
    };

    private static string Joined(ImmutableArray<Condition> parts, string by, bool isInner) =>
        string.Join(by, parts.Select(part => Words(part, isInner: true))) is var words && isInner && parts.Length > 1 ? $"({words})" : words;

    private static string Words(Condition.Test test)
    {
        var field = string.Join(" of the ", test.Field.Split('.').Reverse().Select(Names.Of)).ToLowerInvariant();
        var values = string.Join(" or ", test.Values);
        return test.Operator switch
        {
            RuleOperator.Is => $"{field} is {values}",
            RuleOperator.IsNot => $"{field} is not {values}",
            RuleOperator.In => $"{field} is {values}",
            RuleOperator.NotIn => $"{field} is none of {string.Join(", ", test.Values)}",
            RuleOperator.StartsWith => $"{field} begins with {values}",
            RuleOperator.Above => $"{field} is above {values}",
            RuleOperator.AtLeast => $"{field} is at least {values}",
            RuleOperator.Below => $"{field} is below {values}",
            RuleOperator.AtMost => $"{field} is at most {values}",
            RuleOperator.Has => $"{field} has {values}",
            RuleOperator.HasNot => $"{field} has not {values}",
            RuleOperator.Known => $"{field} is known",
            _ => $"{field} is not known",
        };
    }

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
