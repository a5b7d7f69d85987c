using StackHub.Routing.Pools;
using StackHub.Rules.Analysis;

namespace StackHub.Routing;

/// <summary>What is wrong with a rule set, where, and how it is mended.</summary>
/// <param name="Rule">The rule's place; null when it is about the whole set or a pool.</param>
public sealed record RoutingFinding(string Kind, int? Rule, string Message, string Cure)
{
    /// <summary>The pool it is about.</summary>
    public string? Pool { get; init; }
}

/// <summary>Proves a rule set before it decides anything: a set with findings is not deployed.</summary>
public static class RoutingFindings
{
    public static IReadOnlyList<RoutingFinding> Of(RoutingPlan plan)
    {
        var deciding = plan.Rules.Index().Where(rule => rule.Item is { IsShadow: false, Percent: >= 100 }).ToArray();
        var analysed = RuleSetAnalysis.Of(plan.Fields, [.. deciding.Select(rule => new AnalysedRule(rule.Item.Name, rule.Item.When, rule.Item.To.ToString()!, rule.Item.Over))], plan.Fallback is not null);
        return
        [
            .. analysed.Select(finding => new RoutingFinding(finding.Kind.ToString(), deciding.Where(rule => rule.Item.Name == finding.Rule).Select(rule => (int?)rule.Index).FirstOrDefault(), finding.Message, finding.Cure)),
            .. Twice(plan),
            .. plan.Pools.Values.OrderBy(pool => pool.Name, StringComparer.Ordinal).SelectMany(pool => OfPool(plan, pool)),
            .. Unused(plan),
        ];
    }

    private static IEnumerable<RoutingFinding> Twice(RoutingPlan plan) => plan.Rules.Index().GroupBy(rule => rule.Item.Name).Where(group => group.Count() > 1)
        .Select(group => new RoutingFinding("SameName", group.Last().Index, $"Two rules are called {group.Key}.", "Give each a name of its own."));

    private static IEnumerable<RoutingFinding> OfPool(RoutingPlan plan, RoutingPool pool)
    {
        var present = pool.Members.Where(member => plan.Owners.GetValueOrDefault(member.Owner) is { IsActive: true }).ToArray();
        if (present.Length == 0)
            yield return Of(pool.Name, "EmptyPool", $"Pool {pool.Name} has nobody who is still here: its leads would wait for ever.", "Add a member, or send its leads elsewhere.");
        else if (pool.Strategy != PickStrategy.Load && pool.Returns != ReturnPolicy.Average)
            yield return Of(pool.Name, "UselessPolicy", $"Pool {pool.Name} says what becomes of arrears, but keeps none.", "Set strategy: load, or leave returns out.");
        if (pool.Matches && present.Length > 0 && present.All(member => plan.Owners[member.Owner].Languages.IsEmpty && plan.Owners[member.Owner].Skills.IsEmpty))
            yield return Of(pool.Name, "ImpossibleMatch", $"Pool {pool.Name} asks for skills and languages, and none of its members has any.", "Name them under owners, or set matches: false.");
        if (present.FirstOrDefault(member => member is { Cap: { } cap, OpenCap: { } open } && open < cap.Count && cap.Window == CapWindow.Hour) is { } member)
            yield return Of(pool.Name, "ImpossibleCap", $"Pool {pool.Name} lets {member.Owner} have {member.OpenCap} open leads and get {member.Cap!.Count} an hour, which cannot be.", "Raise open, or lower cap.");
    }

    private static IEnumerable<RoutingFinding> Unused(RoutingPlan plan) =>
        plan.Pools.Keys.Order(StringComparer.Ordinal).Except(plan.Rules.Select(rule => rule.To).Append(plan.Fallback).OfType<Destination.ToPool>().Select(to => to.Pool))
            .Select(pool => Of(pool, "UnusedPool", $"Nothing sends leads to pool {pool}.", "Add a rule, or take the pool out."));

    private static RoutingFinding Of(string pool, string kind, string message, string cure) => new(kind, null, message, cure) { Pool = pool };
}
