using System.Collections.Immutable;

namespace StackHub.Rules.Analysis;

/// <summary>A rule of a set in which the first that holds decides.</summary>
/// <param name="Outcome">What it decides; two rules with one outcome never disagree.</param>
/// <param name="Over">Rules it is meant to win over where both hold.</param>
public sealed record AnalysedRule(string Name, Condition When, string Outcome, ImmutableArray<string> Over);

public enum RuleFindingKind
{
    /// <summary>Nobody fits the rule's own condition.</summary>
    Impossible,

    /// <summary>Whoever fits it was decided by a rule before it.</summary>
    Unreachable,

    /// <summary>Two rules decide differently for the same subjects, neither is the narrower one, and nobody said which is meant to win.</summary>
    Overlap,

    /// <summary>Subjects that no rule decides.</summary>
    Gap,

    /// <summary>Nothing decides for those who are in no rule.</summary>
    MissingFallback,

    /// <summary>The set is too intricate to be proven.</summary>
    NotProven,
}

/// <summary>What is wrong with a set of rules, and how it is mended.</summary>
public sealed record RuleFinding(RuleFindingKind Kind, string Rule, string Message, string Cure);

/// <summary>Proves what a set of rules does to whoever may come, without trying anybody.</summary>
public static class RuleSetAnalysis
{
    public static IReadOnlyList<RuleFinding> Of(RuleFields fields, IReadOnlyList<AnalysedRule> rules, bool hasFallback)
    {
        var space = new RuleSpace(fields, rules.Select(rule => rule.When));
        var findings = new List<RuleFinding>();
        var known = new List<(AnalysedRule Rule, IReadOnlyList<Region> Regions)>();
        foreach (var rule in rules)
        {
            if (space.Of(rule.When) is not { } regions)
            {
                findings.Add(NotProven(rule.Name));
                continue;
            }

            findings.AddRange(Reach(space, rule, regions, known));
            findings.AddRange(known.Select(earlier => Overlap(space, earlier.Rule, earlier.Regions, rule, regions)).OfType<RuleFinding>());
            known.Add((rule, regions));
        }

        if (!hasFallback)
            findings.AddRange(Uncovered(space, known));
        return findings;
    }

    private static IEnumerable<RuleFinding> Reach(RuleSpace space, AnalysedRule rule, IReadOnlyList<Region> regions, List<(AnalysedRule Rule, IReadOnlyList<Region> Regions)> earlier)
    {
        if (regions.Count == 0)
            yield return new(RuleFindingKind.Impossible, rule.Name, "Nobody can fit this rule: its checks contradict each other.", "Mend the checks, or take the rule out.");
        else if (space.Without(regions, earlier.SelectMany(one => one.Regions)) is not { } left)
            yield return NotProven(rule.Name);
        else if (left.Count == 0)
            yield return new(RuleFindingKind.Unreachable, rule.Name, $"Whoever fits this rule is decided before it, by {Names(earlier.Where(one => one.Regions.Any(region => regions.Any(own => own.And(region) is not null))).Select(one => one.Rule.Name))}.", "Move it up, or take it out.");
    }

    /// <summary>A narrower rule before a wider one is how exceptions are written, so that is none.</summary>
    private static RuleFinding? Overlap(RuleSpace space, AnalysedRule first, IReadOnlyList<Region> firsts, AnalysedRule second, IReadOnlyList<Region> seconds)
    {
        if (first.Outcome == second.Outcome || first.Over.Contains(second.Name))
            return null;
        var both = firsts.SelectMany(one => seconds.Select(one.And)).OfType<Region>().FirstOrDefault();
        if (both is null || space.Without(firsts, seconds) is { Count: 0 } || space.Without(seconds, firsts) is { Count: 0 })
            return null;
        return new(RuleFindingKind.Overlap, first.Name, $"Both this rule and {second.Name} fit {space.Words(both)}; this one wins because it comes first.", $"If that is meant, add over: [{second.Name}] to it; if not, swap them or narrow one.");
    }

    private static IEnumerable<RuleFinding> Uncovered(RuleSpace space, List<(AnalysedRule Rule, IReadOnlyList<Region> Regions)> rules)
    {
        var left = space.Without([Region.Everybody], rules.SelectMany(rule => rule.Regions));
        if (left is null)
            yield return NotProven("fallback");
        else if (left.Count > 0)
            yield return new(RuleFindingKind.Gap, "fallback", $"No rule decides for {space.Words(left[0])}{(left.Count > 1 ? $" and {left.Count - 1} more cases" : "")}.", "Add a rule for them, or a fallback.");
        yield return new(RuleFindingKind.MissingFallback, "fallback", "Nothing decides for those whom no rule fits.", "Add fallback: with a pool or an owner.");
    }

    private static RuleFinding NotProven(string rule) => new(RuleFindingKind.NotProven, rule, "The rules are too intricate to be proven.", "Split the rule, or name fewer values in it.");

    private static string Names(IEnumerable<string> names) => string.Join(" and ", names.Distinct().Take(4));
}
