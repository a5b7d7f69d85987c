using System.Collections.Immutable;
using StackHub.Routing.Ledger;
using StackHub.Sync;

namespace StackHub.Routing.Flow;

/// <summary>What is to be done about a lead, as its record and its last routing stand.</summary>
public abstract record NextStep
{
    private NextStep()
    {
    }

    public sealed record Nothing : NextStep;

    /// <summary>It is to be routed.</summary>
    /// <param name="Excluded">Who had it and let it lie.</param>
    public sealed record Route(int Attempt, ImmutableArray<OwnerId> Excluded) : NextStep
    {
        /// <summary>Who moved it by hand, where somebody did.</summary>
        public RoutingOrder? Order { get; init; }
    }

    /// <summary>The decision's owner is to be written, unless somebody has taken it in a tool meanwhile.</summary>
    /// <param name="At">As of when: later than what it replaces.</param>
    public sealed record Write(LedgerEntry Entry, DateTimeOffset At) : NextStep;

    /// <summary>The last routing is over; then it is looked at again.</summary>
    public sealed record End(LedgerState To, string Why) : NextStep;

    /// <param name="attempt">The number of the last routing; 0 before the first.</param>
    /// <param name="last">Its decision; null when a crash left it out.</param>
    public static NextStep Of(LeadStanding lead, int attempt, LedgerEntry? last)
    {
        if (last is null) // none yet, or one that was begun
            return IsFree(lead) ? new Route(Math.Max(1, attempt), []) : new Nothing();
        return last.State switch
        {
            LedgerState.Held => IsFree(lead) || IsWith(lead, last) ? new Nothing() : new End(LedgerState.Withdrawn, lead.IsOwned ? "taken" : "no_lead"),
            LedgerState.Decided when last.Owner is null => IsFree(lead) && !lead.IsSuppressed ? new Route(attempt + 1, []) : new Nothing(),
            LedgerState.Decided => OfAssigned(lead, last),
            LedgerState.Released => new Route(attempt + 1, [.. (last.Excluded ?? []).Append(last.Owner).OfType<string>().Distinct().Select(owner => new OwnerId(owner)).Where(owner => owner != last.EndedBy?.To)]) { Order = last.EndedBy },
            _ => IsFree(lead) ? new Route(attempt + 1, []) : new Nothing(),
        };
    }

    /// <summary>Nobody owns a lead that is one.</summary>
    private static bool IsFree(LeadStanding lead) => lead is { IsRoutable: true, IsClosed: false, IsOwned: false };

    /// <summary>Owned by one whom the decision is to replace: they let it lie, or a person moves it, which they may when it is closed too.</summary>
    private static bool IsWith(LeadStanding lead, LedgerEntry last) => lead.Owner is { } owner && (!lead.IsClosed || last.Order is not null) && last.Excluded?.Contains(owner) == true;

    private static NextStep OfAssigned(LeadStanding lead, LedgerEntry last)
    {
        var isBefore = lead.OwnerSince is not { } since || lead.WrittenAt(last) is not { } written || since < written;
        if (!lead.IsSaid(last))
            return lead.IsOwned && lead.Owner != last.Owner && !IsWith(lead, last) ? new End(LedgerState.Refunded, "taken") : new Write(last, AsOf(lead, last));
        if (lead.IsClosed)
            return new End(LedgerState.Closed, "closed");
        if (lead.Owner == last.Owner) // who got it after the promise was broken broke none
            return lead.BreachSince > last.Trace.At ? new End(LedgerState.Released, "sla_breached") : new Nothing();
        if (lead.IsOwned)
            return isBefore ? new End(LedgerState.Refunded, "taken") : new End(LedgerState.Closed, "reassigned");
        // A tool gives what it creates to a default owner: that is no word about the decision, which it had not been told.
        return lead.OwnerIsQueue && isBefore ? new Write(last, AsOf(lead, last)) : new End(LedgerState.Closed, "given_back");
    }

    /// <summary>The decision's own time, or right behind what the record says by now, which is kept in milliseconds: the same however often it is asked.</summary>
    private static DateTimeOffset AsOf(LeadStanding lead, LedgerEntry last) =>
        lead.OwnerSince is { } since && since >= Merging.Truncated(last.Trace.At) ? since.AddMilliseconds(1) : last.Trace.At;
}
