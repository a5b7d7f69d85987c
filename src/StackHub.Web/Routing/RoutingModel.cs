using StackHub.Records;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing;

/// <summary>What the routing page shows.</summary>
/// <param name="Routing">Null when the file has none.</param>
public sealed record RoutingModel(RoutingView? Routing, IReadOnlyList<DecisionView> Recent, IReadOnlyDictionary<RecordId, RecordName> Names)
{
    public override string ToString() => $"routing with {Recent.Count} decisions";
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

    /// <summary>A check as people say it: "cap_reached(2/2)" is "cap reached (2/2)".</summary>
    public static string Check(string check) => check.Replace('_', ' ').Replace("(", " (", StringComparison.Ordinal);
}
