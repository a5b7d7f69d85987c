using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Routing.Pools;
using StackHub.Routing.Signals;
using StackHub.Rules;

namespace StackHub.Routing;

/// <summary>Where a rule sends a lead.</summary>
public abstract record Destination
{
    private Destination()
    {
    }

    public sealed record ToOwner(OwnerId Owner) : Destination
    {
        public override string ToString() => $"owner {Owner}";
    }

    public sealed record ToPool(string Pool) : Destination
    {
        public override string ToString() => $"pool {Pool}";
    }
}

/// <summary>One rule: whoever fits goes there. The first that fits decides.</summary>
public sealed record RoutingRule(string Name, Condition When, Destination To)
{
    /// <summary>Of those who fit, so many in a hundred, the same ones every time; the others go on to the next rule.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>Decides nothing: only its decision is recorded.</summary>
    public bool IsShadow { get; init; }

    /// <summary>Rules it is meant to win over where both fit.</summary>
    public ImmutableArray<string> Over { get; init; } = [];
}

/// <summary>A rule set: everything by which leads get their owners, under one version.</summary>
public sealed class RoutingPlan
{
    private readonly CompiledCondition[] conditions;
    private readonly TraceStep[][] failed;
    private readonly TraceStep[] fits;
    private readonly string[] outside;

    /// <param name="version">Names the plan in every decision made under it.</param>
    public RoutingPlan(string version, RuleFields fields, IEnumerable<LeadOwner> owners, IEnumerable<RoutingPool> pools, IEnumerable<RoutingRule> rules)
    {
        (Version, Fields, Rules) = (version, fields, [.. rules]);
        Owners = owners.ToFrozenDictionary(owner => owner.Id);
        Pools = pools.ToFrozenDictionary(pool => pool.Name, StringComparer.Ordinal);
        Scope = RoutingScope.Default(fields);
        conditions = [.. Rules.Select(rule => CompiledCondition.Of(rule.When, fields))];
        failed = [.. Rules.Select(_ => Array.Empty<TraceStep>())];
        fits = [.. Rules.Select(rule => new TraceStep(rule.Name, rule.To.ToString()!))];
        outside = [.. Rules.Select(rule => $"not among the {rule.Percent} in 100")];
    }

    public string Version { get; }

    public RuleFields Fields { get; }

    public FrozenDictionary<OwnerId, LeadOwner> Owners { get; }

    public FrozenDictionary<string, RoutingPool> Pools { get; }

    public ImmutableArray<RoutingRule> Rules { get; }

    /// <summary>Who is routed at all, and what is asked of them before the rules.</summary>
    public RoutingScope Scope { get; init; }

    /// <summary>For those whom no rule decides; null leaves them in the holding queue.</summary>
    public Destination? Fallback { get; init; }

    /// <summary>Who is told; null for nobody.</summary>
    public SignalTarget? Signals { get; init; }

    /// <summary>Every field that the rules, or what comes before them, ask about.</summary>
    internal FrozenSet<string> Asked => field ??= [.. Rules.SelectMany(rule => Conditions.Fields(rule.When)), .. Scope.Asked, .. ((string?[])[Scope.SkillsField, Scope.LanguageField]).OfType<string>().Where(name => Fields.Find(name) is not null)];

    /// <summary>What a rule says of somebody: null when it fits, otherwise a step of the trace, which is the same object for the same check.</summary>
    public TraceStep? Failed(int rule, LeadCase lead)
    {
        if (conditions[rule].FirstFailed(lead.Facts) is { } check)
            return Step(rule, check);
        return Experiment.Takes(Rules[rule], lead) ? null : Step(rule, outside[rule]);
    }

    /// <summary>What a rule says of whoever it fits.</summary>
    internal TraceStep Fits(int rule) => fits[rule];

    /// <summary>A rule has few checks, each with words of its own, so a look through them is quicker than a table. Two that add one at once lose nothing but it.</summary>
    private TraceStep Step(int rule, string words)
    {
        var known = failed[rule];
        foreach (var step in known)
            if (ReferenceEquals(step.Outcome, words))
                return step;
        var added = new TraceStep(Rules[rule].Name, words);
        failed[rule] = [.. known, added];
        return added;
    }
}
