using System.Collections.Immutable;
using StackHub.Routing.Picking;

namespace StackHub.Routing;

/// <summary>Who gets a lead.</summary>
public abstract record RoutingDecision
{
    private RoutingDecision()
    {
    }

    /// <param name="Step">The step or rule that decided.</param>
    /// <param name="Pool">The pool that chose; null when no turn was used.</param>
    public sealed record Assigned(OwnerId Owner, string Step, string? Pool) : RoutingDecision;

    /// <summary>It waits until somebody can be chosen, oldest first; it is never dropped.</summary>
    public sealed record Held(string Reason) : RoutingDecision;

    /// <summary>Nobody may have it.</summary>
    public sealed record NotRouted(string Reason) : RoutingDecision;
}

/// <summary>One thing that was considered, and what came of it.</summary>
public sealed record TraceStep(string Name, string Outcome);

/// <summary>Why a lead went where it went: all that was considered, everybody who was not chosen, and the choice. It holds no personal data of the lead.</summary>
public sealed record RoutingTrace(string Plan, DateTimeOffset At, ImmutableArray<TraceStep> Steps, ImmutableArray<Rejection> Rejected, string Why)
{
    /// <summary>Rules that only watch, and where they would have sent it.</summary>
    public ImmutableArray<TraceStep> Shadows { get; init; } = [];

    /// <summary>Why not me: the first check that somebody failed; null for whoever was chosen or never came up.</summary>
    public string? WhyNot(OwnerId owner) => Rejected.FirstOrDefault(rejection => rejection.Owner == owner)?.Check;
}
