using StackHub.Routing;
using StackHub.Routing.Steps;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing.Policy;

/// <summary>A rule in its place.</summary>
/// <param name="When">Whom it fits, in words.</param>
/// <param name="Findings">What the proof finds about it.</param>
public sealed record PlacedRule(int Place, string Name, string When, string To, int Percent, bool IsShadow, string Over, IReadOnlyList<RoutingFinding> Findings);

/// <summary>The rules in force, in the order in which they are asked.</summary>
/// <param name="Steps">What is asked before them.</param>
/// <param name="Findings">Of the set, or of a pool.</param>
public sealed record RuleSetModel(string Version, string Who, string? Suppressed, IReadOnlyList<string> Steps, IReadOnlyList<PlacedRule> Rules, string? Fallback, IReadOnlyList<RoutingFinding> Findings)
{
    public int FindingCount => Findings.Count + Rules.Sum(rule => rule.Findings.Count);

    public static RuleSetModel Of(RoutingPlan plan)
    {
        var findings = RoutingFindings.Of(plan);
        return new(
            plan.Version, ConditionWords.Of(plan.Scope.When), plan.Scope.Suppressed is { } suppressed ? ConditionWords.Of(suppressed) : null,
            [.. RoutingSteps.All.Select(step => Names.Of(step.Name))],
            [.. plan.Rules.Select((rule, place) => new PlacedRule(place + 1, rule.Name, ConditionWords.Of(rule.When), rule.To.ToString()!, rule.Percent, rule.IsShadow, string.Join(", ", rule.Over), [.. findings.Where(finding => finding.Rule == place)]))],
            plan.Fallback?.ToString(),
            [.. findings.Where(finding => finding.Rule is null)]);
    }
}

/// <param name="Set">Null when the hub routes no leads.</param>
public sealed record RuleSetPageModel(RuleSetModel? Set);
