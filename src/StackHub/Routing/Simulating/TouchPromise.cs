using StackHub.Calendars;

namespace StackHub.Routing.Simulating;

/// <summary>Within which time somebody has to speak to a lead.</summary>
/// <param name="Term">In the working time of whoever has the lead.</param>
/// <param name="Team">The working time that counts while nobody has it, and for owners without hours of their own.</param>
/// <param name="Field">The person's field with the time at which somebody last spoke to them; null when no tool says.</param>
public sealed record TouchPromise(ServiceTerm Term, BusinessCalendar Team, string? Field);

/// <summary>What became of the promise to one lead.</summary>
public enum TouchOutcome
{
    Kept,
    Breached,

    /// <summary>Not due yet.</summary>
    Running,
}

/// <summary>When the first touch is due, when it would have been, and what follows.</summary>
public sealed record ExpectedTouch(DateTimeOffset DueAt, DateTimeOffset? TouchedAt, TouchOutcome Outcome)
{
    /// <summary>
    /// Null where nothing is promised: nobody is to speak to them, or nobody knows any more whether somebody did.
    /// Due by the hours of whoever has the lead, from when it came. Touched after as much of their own working time as it took then: who would
    /// have been quicker, or slower, nobody can know.
    /// </summary>
    public static ExpectedTouch? Of(ReplayedRouting routing, RoutingPlan plan, TouchPromise promise, DateTimeOffset until)
    {
        if (routing.IsNobodys || routing.Recorded.Inputs is null || routing.Recorded.State == Ledger.LedgerState.Refunded)
            return null;
        var due = promise.Term.DueAfter(routing.Recorded.At, Hours(routing.Owner));
        var touched = routing.Owner is null ? null : TouchedAt();
        return new(due, touched, touched is { } at ? at > due ? TouchOutcome.Breached : TouchOutcome.Kept : due < until ? TouchOutcome.Breached : TouchOutcome.Running);

        DateTimeOffset? TouchedAt()
        {
            var recorded = routing.Recorded;
            if (recorded.TouchedAt is not { } at || (routing.Owner == recorded.Owner && routing.At == recorded.DecidedAt))
                return recorded.TouchedAt;
            var had = recorded.Owner is null || at < recorded.DecidedAt ? recorded.At : recorded.DecidedAt;
            return Hours(routing.Owner).Add(routing.At, Hours(recorded.Owner).Between(had, at));
        }

        // Who has no hours of their own works when the team does.
        BusinessCalendar Hours(OwnerId? owner) => owner is { } id && plan.Owners.TryGetValue(id, out var known) && known.Hours != BusinessCalendar.Always ? known.Hours : promise.Team;
    }
}
