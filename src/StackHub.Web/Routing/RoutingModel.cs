using System.Collections.Frozen;
using StackHub.Records;
using StackHub.Routing.Steps;
using StackHub.Web.Records;
using StackHub.Web.Routing.Policy;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing;

/// <summary>What the routing page shows.</summary>
/// <param name="Routing">Null when the file has none.</param>
public sealed record RoutingModel(RoutingView? Routing, IReadOnlyList<DecisionView> Recent, IReadOnlyDictionary<RecordId, RecordName> Names)
{
    /// <summary>The rules as people say them; null when there are none.</summary>
    public RuleSetModel? Set { get; init; }

    public override string ToString() => $"routing with {Recent.Count} decisions";
}

/// <summary>A lead that somebody is about to move.</summary>
/// <param name="Attempt">The routing that is shown; 0 before the first.</param>
/// <param name="Owners">To whom it may go.</param>
public sealed record MoveLeadModel(RecordName Lead, int Attempt, DecisionView? Last, IReadOnlyList<string> Owners)
{
    public bool Waits => Last is { State: "Held" };

    public override string ToString() => $"move of {Lead.Id}";
}

/// <summary>What would have to change for somebody to get a lead.</summary>
public sealed record WhatIfModel(RecordName Lead, WhatIfView Preview)
{
    public override string ToString() => $"preview of {Lead.Id}";
}

/// <summary>Routing in words.</summary>
public static class RoutingWords
{
    public static Status State(DecisionView decision) => decision switch
    {
        { State: "Held" } => new(Tone.Warning, "Waits"),
        { State: "Decided", Owner: null } => new(Tone.Quiet, "Not routed"),
        { State: "Decided" } => new(Tone.Good, "Theirs"),
        { State: "Refunded" } => new(Tone.Quiet, "Turn given back"),
        { State: "Released" } => new(Tone.Warning, "Taken away"),
        var other => new(Tone.Quiet, other.State),
    };

    /// <summary>Whose lead it is by what they own already is said with what that is: "Open opportunity, theirs: ada".</summary>
    public static string Why(DecisionView decision) =>
        decision is { Pool: null, Step: { } step } && decision.Why.StartsWith("theirs", StringComparison.Ordinal) ? $"{Names.Of(step)}, {decision.Why}" : decision.Why;

    /// <summary>A test that has to come out otherwise, as people say it: "not: country is US" is "must not be so: country is US".</summary>
    public static string Change(string what) =>
        what.StartsWith("not: ", StringComparison.Ordinal) ? $"must not be so: {Test(what["not: ".Length..])}"
        : what.Contains(' ', StringComparison.Ordinal) ? Test(what) : Check(what);

    /// <summary>Who says no to the target of a preview: a rule, a step before the rules, or somebody in a pool.</summary>
    public static string Who(string name, string target) =>
        name is "lead" or "owner" || Steps.Contains(name) ? Shell.Names.Of(name)
        : target.EndsWith($" {name}", StringComparison.Ordinal) ? name : By(name);

    /// <summary>A check as people say it: "cap_reached(2/2)" is "cap reached (2/2)".</summary>
    public static string Check(string check) => check.Replace('_', ' ').Replace("(", " (", StringComparison.Ordinal);

    /// <summary>Where a preview's way leads by: "the fallback", "rule europe".</summary>
    public static string By(string rule) => rule == "fallback" ? "the fallback" : $"rule {rule}";

    /// <summary>What a decision came by, as people say it: a step before the rules, or a rule by its name.</summary>
    public static string Step(string name) => Steps.Contains(name) ? Shell.Names.Of(name) : name == "fallback" ? "Fallback" : $"Rule {name}";

    /// <summary>What came of a step: of a rule, where it sends the lead, or the test that the lead did not pass.</summary>
    public static string Outcome(TraceView step) =>
        Steps.Contains(step.Name) || step.Name == "fallback" ? step.Outcome
        : step.Outcome.StartsWith("pool ", StringComparison.Ordinal) || step.Outcome.StartsWith("owner ", StringComparison.Ordinal) ? $"fits, to {step.Outcome}"
        : $"does not fit: {Test(step.Outcome)}";

    /// <summary>"title startsWith Chief" is "title begins with Chief".</summary>
    private static string Test(string test) =>
        test.Split(' ', 3) is [var field, var by, .. var values] && Operators.TryGetValue(by, out var words)
            ? string.Join(' ', values.Prepend(words).Prepend(Shell.Names.Of(field).ToLowerInvariant()))
            : test;

    private static readonly FrozenDictionary<string, string> Operators = new Dictionary<string, string>
    {
        ["isNot"] = "is not",
        ["in"] = "is one of",
        ["notIn"] = "is none of",
        ["startsWith"] = "begins with",
        ["above"] = "is above",
        ["atLeast"] = "is at least",
        ["below"] = "is below",
        ["atMost"] = "is at most",
        ["hasNot"] = "has not",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Steps = RoutingSteps.All.Select(step => step.Name).Concat(["account", "by-hand", "escalation"]).ToFrozenSet(StringComparer.Ordinal);
}
