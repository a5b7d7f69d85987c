using System.Collections.Immutable;
using StackHub.Rules;

namespace StackHub.Lifecycle.Journeys;

/// <param name="From">When the rule came into force; it judges nothing that happened before.</param>
public sealed record ScoreRule(int Version, DateTimeOffset From, decimal Threshold)
{
    /// <summary>Whom it qualifies, besides the score.</summary>
    public Condition When { get; init; } = Condition.Always;
}

/// <summary>When a score makes a qualified lead: by the rule in force when it was reached, whatever rules came later.</summary>
public sealed class ScoreRules
{
    public static readonly ScoreRules None = new("leadScore", [], new([]));
    private readonly ImmutableArray<(ScoreRule Rule, CompiledCondition When)> rules;

    /// <param name="field">The canonical field that holds the score.</param>
    public ScoreRules(string field, IEnumerable<ScoreRule> rules, RuleFields fields)
    {
        Field = field;
        this.rules = [.. rules.OrderBy(rule => rule.From).ThenBy(rule => rule.Version).Select(rule => (rule, CompiledCondition.Of(rule.When, fields)))];
        Asked = [.. this.rules.SelectMany(rule => Conditions.Fields(rule.Rule.When)).Distinct(StringComparer.Ordinal)];
    }

    public string Field { get; }

    /// <summary>The fields that conditions of any version ask about.</summary>
    public ImmutableArray<string> Asked { get; }

    public IEnumerable<ScoreRule> All => rules.Select(rule => rule.Rule);

    /// <summary>The rule in force at that time, when the score and the person satisfy it.</summary>
    public ScoreRule? Qualifying(decimal? score, DateTimeOffset time, Func<Facts> facts)
    {
        var (rule, when) = rules.LastOrDefault(rule => rule.Rule.From <= time);
        return rule is not null && score >= rule.Threshold && when.FirstFailed(facts()) is null ? rule : null;
    }
}
