using System.Collections.Immutable;
using StackHub.Routing.Flow;
using StackHub.Routing.Picking;
using StackHub.Routing.Pools;
using StackHub.Routing.Steps;
using StackHub.Rules;

namespace StackHub.Routing.Previews;

/// <summary>Whom a lead is wished for: an owner or a pool.</summary>
public readonly record struct WhatIfTarget(string Kind, string Name)
{
    public const string Owner = "owner";
    public const string Pool = "pool";

    /// <summary>"owner ann" or "pool emea"; null for anything else.</summary>
    public static WhatIfTarget? Parse(string? text) => text?.Split(' ', 2) is [Owner or Pool, { Length: > 0 }] parts ? new(parts[0], parts[1]) : null;

    public bool IsIn(RoutingPlan plan) => Kind == Pool ? plan.Pools.ContainsKey(Name) : plan.Owners.ContainsKey(new(Name));

    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>One thing that would have to be otherwise, and who says so: a step, a rule or an owner.</summary>
public sealed record WhatIfChange(string Name, string What);

/// <summary>One way for the lead to come to the target, and all that stands in it now.</summary>
/// <param name="By">The rule it would come by, or "fallback".</param>
public sealed record WhatIfWay(string By, string To, ImmutableArray<WhatIfChange> Changes);

/// <summary>
/// What would have to change for an owner, or a pool, to get this lead now: every way there, the shortest first. Nothing is written, and no
/// value of the person is in it.
/// </summary>
public sealed record WhatIf(WhatIfTarget Target, ImmutableArray<WhatIfWay> Ways)
{
    /// <summary>Turns that are looked ahead.</summary>
    private const int MostTurns = 1_000;

    /// <summary>The smallest change; null when no rule leads there.</summary>
    public WhatIfWay? Least => Ways.IsEmpty ? null : Ways[0];

    /// <param name="states">What each pool remembers; one that is absent was never asked.</param>
    /// <param name="standing">How the person stands now.</param>
    public static WhatIf Of(LeadCase lead, LeadStanding standing, RoutingPlan plan, IReadOnlyDictionary<string, PoolState> states, WhatIfTarget target, DateTimeOffset now)
    {
        WhatIfChange[] before = [.. Scope(lead, standing, plan), .. Claims(lead, plan, target)];
        var ways = new List<WhatIfWay>();
        for (var i = 0; i <= plan.Rules.Length; i++)
            if (Leads(lead, plan, i, target) is { } road && InPool(lead, plan, states, road.To, target, now) is { } member)
                ways.Add(new(road.By, road.To.ToString()!, [.. before, .. road.Changes, .. member]));
        return new(target, [.. ways.OrderBy(way => way.Changes.Length)]);
    }

    /// <summary>Whether the person is a lead at all.</summary>
    private static IEnumerable<WhatIfChange> Scope(LeadCase lead, LeadStanding standing, RoutingPlan plan)
    {
        foreach (var test in standing.IsRoutable ? [] : Remedy.ToHold(plan.Scope.When, lead.Facts, plan.Fields) ?? [])
            yield return new("lead", test.ToString());
        foreach (var test in standing.IsClosed && plan.Scope.Closed is { } closed ? Remedy.ToFail(closed, lead.Facts, plan.Fields) ?? [] : [])
            yield return new("lead", test.ToString());
        if (standing.IsOwned)
            yield return new("owner", "somebody owns them: it would have to be given back, or moved by hand");
    }

    /// <summary>Whoever has a claim before any rule, and is not the one it is wished for.</summary>
    private static IEnumerable<WhatIfChange> Claims(LeadCase lead, RoutingPlan plan, WhatIfTarget target)
    {
        foreach (var step in RoutingSteps.All)
            switch (step.Ask(lead))
            {
                case StepAnswer.Nobodys nobody:
                    yield return new(step.Name, $"{nobody.Reason} would have to be lifted");
                    break;
                case StepAnswer.Theirs theirs when RouteLead.Present(theirs.Owner, lead, plan) is { } owner && target != new WhatIfTarget(WhatIfTarget.Owner, owner.Name):
                    yield return new(step.Name, $"it is {owner}'s, and would have to be nobody's");
                    break;
            }
    }

    /// <summary>By which rule it would come there, past those before it; null when that one leads elsewhere, or nothing makes it fit.</summary>
    private static (string By, Destination To, ImmutableArray<WhatIfChange> Changes)? Leads(LeadCase lead, RoutingPlan plan, int rule, WhatIfTarget target)
    {
        var to = rule == plan.Rules.Length ? plan.Fallback : plan.Rules[rule].IsShadow ? null : plan.Rules[rule].To;
        if (to is null || !Reaches(plan, to, target))
            return null;
        var tests = new List<(string Rule, RemedyTest Test)>();
        for (var i = 0; i < rule; i++)
        {
            if (plan.Rules[i].IsShadow || plan.Failed(i, lead) is not null)
                continue;
            if (Remedy.ToFail(plan.Rules[i].When, lead.Facts, plan.Fields) is not { } misses)
                return null; // it takes everybody
            tests.AddRange(misses.Select(test => (plan.Rules[i].Name, test)));
        }

        var own = rule < plan.Rules.Length ? plan.Rules[rule] : null;
        if (own is not null)
        {
            if (Remedy.ToHold(own.When, lead.Facts, plan.Fields) is not { } holds)
                return null;
            tests.AddRange(holds.Select(test => (own.Name, test)));
        }

        var isOutside = own is not null && !Experiment.Takes(own, lead);
        if (!Works(lead, plan, rule, isOutside, tests.Select(change => change.Test)))
            return null;
        var outside = isOutside ? (WhatIfChange[])[new(own!.Name, $"it is not among the {own.Percent} in 100 that the rule takes")] : [];
        return (own?.Name ?? "fallback", to, [.. tests.DistinctBy(change => change.Test).Select(change => new WhatIfChange(change.Rule, change.Test.ToString())), .. outside]);
    }

    /// <summary>With these changes it does come by this rule: what one rule asks for may be what another one must not see.</summary>
    private static bool Works(LeadCase lead, RoutingPlan plan, int rule, bool isOutside, IEnumerable<RemedyTest> changes)
    {
        var tests = plan.Rules.Take(rule + 1).Where(asked => !asked.IsShadow).SelectMany(asked => asked.When.Tests());
        if (Remedy.Applied(lead.Facts, plan.Fields, changes, tests) is not { } facts)
            return false;
        var changed = lead with { Facts = facts };
        for (var i = 0; i < rule; i++)
            if (!plan.Rules[i].IsShadow && plan.Failed(i, changed) is null)
                return false;
        return rule == plan.Rules.Length || (isOutside ? CompiledCondition.Of(plan.Rules[rule].When, plan.Fields).FirstFailed(changed.Facts) is null : plan.Failed(rule, changed) is null);
    }

    private static bool Reaches(RoutingPlan plan, Destination to, WhatIfTarget target) => to switch
    {
        Destination.ToPool pool => target.Kind == WhatIfTarget.Pool ? pool.Pool == target.Name : plan.Pools[pool.Pool].Members.Any(member => member.Owner.Name == target.Name),
        Destination.ToOwner owner => target == new WhatIfTarget(WhatIfTarget.Owner, owner.Owner.Name),
        _ => false,
    };

    /// <summary>What keeps the owner from being chosen there; null when nothing would make it theirs.</summary>
    private static ImmutableArray<WhatIfChange>? InPool(LeadCase lead, RoutingPlan plan, IReadOnlyDictionary<string, PoolState> states, Destination to, WhatIfTarget target, DateTimeOffset now)
    {
        var owner = plan.Owners.GetValueOrDefault(new(target.Name));
        if (target.Kind == WhatIfTarget.Pool)
            return [];
        if (to is not Destination.ToPool { Pool: var name })
            return owner is { IsActive: true } ? [] : [new(target.Name, "inactive")];
        var (pool, state) = (plan.Pools[name], states.GetValueOrDefault(name) ?? PoolState.Empty);
        var request = new PickRequest(lead.Lead.ToString(), lead.Company, lead.Skills, lead.Language) { Excluded = lead.Excluded };
        var member = pool.Members.First(member => member.Owner.Name == target.Name);
        WhatIfChange[] failed = [.. Eligibility.Failed(pool, member, owner, state.Of(member.Owner), request, now).Select(check => new WhatIfChange(target.Name, check))];
        if (failed.Length > 0)
            return [.. failed];
        return Turns(pool, state, plan, request, member.Owner, now) switch
        {
            0 when state.Waiting == 0 => [],
            0 => [new(name, $"{state.Waiting} have waited longer")],
            { } turns => [new(target.Name, turns == 1 ? "not their turn: one lead like this comes before" : $"not their turn: {turns} leads like this come before")],
            null => pool.Strategy == PickStrategy.Sticky ? [new(target.Name, "the company belongs to somebody else of the pool, who would have to be away")] : [new(target.Name, $"not their turn within the next {MostTurns} leads")],
        };
    }

    /// <summary>How many leads like this go to others first; null when none of those looked at is theirs.</summary>
    private static int? Turns(RoutingPool pool, PoolState state, RoutingPlan plan, PickRequest request, OwnerId owner, DateTimeOffset now)
    {
        for (var turn = 0; turn < (pool.Strategy == PickStrategy.Sticky ? 1 : MostTurns); turn++)
        {
            var pick = PickFromPool.Of(pool, state, plan.Owners, request, now);
            if (pick.Owner == owner)
                return turn;
            if (pick.Owner is null)
                return null;
            state = pick.State;
        }

        return null;
    }
}
