using System.Collections.Immutable;
using System.Diagnostics;
using StackHub.Routing.Picking;
using StackHub.Routing.Pools;
using StackHub.Routing.Steps;

namespace StackHub.Routing;

/// <summary>A decision, why, and what the pool that chose remembers afterwards.</summary>
/// <param name="State">Null when no pool was asked.</param>
public sealed record RoutedLead(RoutingDecision Decision, RoutingTrace Trace, PoolState? State);

/// <summary>
/// The pure decision: suppression, whoever owns the person, opportunity or account already, then the rules, the fallback and at last the
/// holding queue. Ownership uses no turn of a pool.
/// </summary>
public static class RouteLead
{
    /// <summary>Nobody is at the end of a longer line of managers.</summary>
    private const int MostManagers = 10;

    /// <summary>Which pool has to choose; null when the decision needs none. Asked first, so that only that pool's memory is loaded.</summary>
    public static string? PoolOf(LeadCase lead, RoutingPlan plan) =>
        Claimed(lead, plan, []) is null && Ruled(lead, plan) is Destination.ToPool pool ? pool.Pool : null;

    /// <param name="state">Of the pool that <see cref="PoolOf"/> names.</param>
    public static RoutedLead Decide(LeadCase lead, RoutingPlan plan, PoolState state, DateTimeOffset now)
    {
        var steps = new List<TraceStep>(RoutingSteps.All.Count + plan.Rules.Length + 2);
        var shadows = new List<TraceStep>();
        if (lead.Match is { } match)
            steps.Add(new("account", match));
        if (Claimed(lead, plan, steps) is { } claimed)
            return Done(claimed, steps[^1].Outcome, []);
        var (rule, to) = Ruled(lead, plan, steps, shadows);
        return to switch
        {
            null => Done(new RoutingDecision.Held("no_rule"), "no rule fits, and there is no fallback", []),
            Destination.ToOwner owner => Present(owner.Owner, lead, plan) is { } present
                ? Done(new RoutingDecision.Assigned(present, rule, null), present == owner.Owner ? $"rule {rule} names them" : $"rule {rule} names {owner.Owner}, who left or had it: their manager", [])
                : Done(new RoutingDecision.Held("owner_left"), $"rule {rule} names {owner.Owner}, who left or had it, and no manager", []),
            Destination.ToPool pool => Picked(rule, PickFromPool.Of(plan.Pools[pool.Pool], state, plan.Owners, new(lead.Lead.ToString(), lead.Company, lead.Skills, lead.Language) { Excluded = lead.Excluded }, now), pool.Pool),
            _ => throw new UnreachableException(),
        };

        RoutedLead Picked(string by, Pick pick, string pool) => Done(
            pick.Owner is { } owner ? new RoutingDecision.Assigned(owner, by, pool) : new RoutingDecision.Held("nobody_available"), $"rule {by}, {pick.Why}", pick.Rejected) with { State = pick.State };

        RoutedLead Done(RoutingDecision decision, string why, ImmutableArray<Rejection> rejected) =>
            new(decision, new(plan.Version, now, [.. steps], rejected, why) { Shadows = [.. shadows] }, null);
    }

    /// <summary>Whoever owns it by what they own already, or nobody because nobody may.</summary>
    private static RoutingDecision? Claimed(LeadCase lead, RoutingPlan plan, List<TraceStep> steps)
    {
        foreach (var step in RoutingSteps.Of(lead))
        {
            switch (step.Ask(lead))
            {
                case StepAnswer.Nobodys nobody:
                    steps.Add(new(step.Name, $"not routed: {nobody.Reason}"));
                    return new RoutingDecision.NotRouted(nobody.Reason);
                case StepAnswer.Theirs theirs when Present(theirs.Owner, lead, plan) is { } owner:
                    steps.Add(new(step.Name, owner == theirs.Owner ? $"theirs: {owner}" : $"theirs: {owner}, the manager of {theirs.Owner} who {(lead.Excluded.Contains(theirs.Owner) ? "had it" : "left")}"));
                    return new RoutingDecision.Assigned(owner, step.Name, null);
                case StepAnswer.Theirs gone:
                    steps.Add(new(step.Name, lead.Excluded.Contains(gone.Owner) ? $"{gone.Owner} had it" : $"{gone.Owner} left"));
                    break;
                default:
                    steps.Add(new(step.Name, "does not apply"));
                    break;
            }
        }

        return null;
    }

    /// <summary>Where the rules send it, and nothing else.</summary>
    private static Destination? Ruled(LeadCase lead, RoutingPlan plan)
    {
        for (var i = 0; i < plan.Rules.Length; i++)
            if (!plan.Rules[i].IsShadow && plan.Failed(i, lead) is null)
                return plan.Rules[i].To;
        return plan.Fallback;
    }

    private static (string Rule, Destination? To) Ruled(LeadCase lead, RoutingPlan plan, List<TraceStep> steps, List<TraceStep> shadows)
    {
        for (var i = 0; i < plan.Rules.Length; i++)
        {
            var rule = plan.Rules[i];
            if (plan.Failed(i, lead) is { } failed)
                steps.Add(failed);
            else if (rule.IsShadow)
                shadows.Add(plan.Fits(i));
            else
            {
                steps.Add(plan.Fits(i));
                return (rule.Name, rule.To);
            }
        }

        steps.Add(new("fallback", plan.Fallback?.ToString() ?? "none"));
        return ("fallback", plan.Fallback);
    }

    /// <summary>Somebody who is still here and has not had the lead: the owner, else the first of their managers of whom that is true.</summary>
    internal static OwnerId? Present(OwnerId owner, LeadCase lead, RoutingPlan plan)
    {
        OwnerId? next = owner;
        for (var i = 0; i < MostManagers && next is { } id && plan.Owners.TryGetValue(id, out var known); i++)
        {
            if (known.IsActive && !lead.Excluded.Contains(id))
                return id;
            next = known.Manager;
        }

        return null;
    }
}
