using StackHub.Lifecycle.Machine;

namespace StackHub.Lifecycle.Journeys;

/// <summary>Whether an event may move a person from one stage to another; null when it may, else why not.</summary>
public static class StageGuard
{
    public static string? Refusal(LifecycleMachine machine, Stage from, DateTimeOffset since, Stage to, LifecycleEvent said)
    {
        if (from.IsAbsorbing)
            return Refusals.Absorbed;
        if (to.Order < from.Order && !from.Next.Contains(to.Name))
            return from.Authorities.Contains(said.Authority) ? Refusals.Regression : Refusals.NonAuthoritativeRegression;
        if (!to.Authorities.Contains(said.Authority))
            return Refusals.AuthorityDenied;
        if (Missing(to, said) is { } missing)
            return missing;
        if (machine.Leads(from, to))
            return null;
        return Reopening(machine, from, to) is null ? Refusals.NoEdge : NotYet(from, since, said);
    }

    /// <summary>The stage a new cycle begins with; null when the one does not lead to the other by a new cycle.</summary>
    public static Stage? Reopening(LifecycleMachine machine, Stage from, Stage to) =>
        from.Reopens.Contains(to.Name) ? to : from.Reopens.Select(name => machine[name]).Where(first => first.Order < to.Order && machine.Leads(first, to)).MaxBy(first => first.Order);

    private static string? Missing(Stage to, LifecycleEvent said) =>
        to.Needs.HasFlag(Needs.Reason) && said.Reason is null ? Refusals.MissingReason
        : to.Needs.HasFlag(Needs.Revisit) && said.RevisitAt is null ? Refusals.MissingRevisit
        : to.Unsuppressed && said.Suppressed ? Refusals.Suppressed
        : null;

    /// <summary>An old score must not fire again at once.</summary>
    private static string? NotYet(Stage from, DateTimeOffset since, LifecycleEvent said) =>
        from.NeedsEngagement && !(said.EngagedAt > since) ? Refusals.NoNewEngagement
        : said.OccurredAt < since + from.Cooldown ? Refusals.Cooldown
        : null;
}
