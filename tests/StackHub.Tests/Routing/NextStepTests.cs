using StackHub.Records;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;

namespace StackHub.Tests.Routing;

/// <summary>What is due, from how the record and the last routing stand: the whole crash safety of the flow is here.</summary>
public sealed class NextStepTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 6, 10, 12, 0, 0, TimeSpan.Zero).AddTicks(4_567); // within a millisecond
    private static readonly DateTimeOffset Ms = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly LeadStanding Free = new(IsRoutable: true, IsClosed: false, IsSuppressed: false, Owner: null, OwnerIsQueue: false, OwnerSince: null);
    private static readonly LedgerEntry Ann = Entry(LedgerState.Decided, "ann");

    [Fact]
    public void A_lead_without_owner_is_routed_and_others_are_not()
    {
        Assert.Equal(1, Assert.IsType<NextStep.Route>(NextStep.Of(Free, 0, null)).Attempt);
        Assert.Equal(3, Assert.IsType<NextStep.Route>(NextStep.Of(Free, 3, null)).Attempt); // begun, and cut off
        Assert.IsType<NextStep.Nothing>(NextStep.Of(Free with { IsRoutable = false }, 0, null));
        Assert.IsType<NextStep.Nothing>(NextStep.Of(Free with { Owner = "max" }, 0, null));
        Assert.IsType<NextStep.Route>(NextStep.Of(Free with { Owner = "house", OwnerIsQueue = true }, 0, null));
    }

    [Fact]
    public void A_decision_that_nobody_was_told_is_written_as_of_its_own_time() => Assert.Equal(new NextStep.Write(Ann, At), NextStep.Of(Free, 1, Ann));

    [Fact]
    public void A_default_owner_of_the_same_millisecond_is_written_over_right_behind_it() =>
        Assert.Equal(new NextStep.Write(Ann, Ms.AddMilliseconds(1)), NextStep.Of(Said("ann") with { Owner = "house", OwnerIsQueue = true, OwnerSince = Ms }, 1, Ann));

    [Fact]
    public void Who_took_it_before_it_was_written_gets_it_and_the_turn_goes_back()
    {
        Assert.Equal(new NextStep.End(LedgerState.Refunded, "taken"), NextStep.Of(Free with { Owner = "max", OwnerSince = Ms }, 1, Ann));
        Assert.Equal(new NextStep.End(LedgerState.Refunded, "taken"), NextStep.Of(Said("ann") with { Owner = "max", OwnerSince = Ms.AddSeconds(2), Written = [("ann", Ms.AddSeconds(3))] }, 1, Ann));
        Assert.Equal(new NextStep.End(LedgerState.Closed, "reassigned"), NextStep.Of(Said("ann") with { Owner = "max", OwnerSince = Ms.AddSeconds(4), Written = [("ann", Ms.AddSeconds(3))] }, 1, Ann));
    }

    [Fact]
    public void What_was_written_and_is_theirs_needs_nothing_until_it_is_done_or_a_promise_is_broken()
    {
        var theirs = Said("ann") with { Owner = "ann", OwnerSince = Ms };

        Assert.IsType<NextStep.Nothing>(NextStep.Of(theirs, 1, Ann));
        Assert.Equal(new NextStep.End(LedgerState.Closed, "closed"), NextStep.Of(theirs with { IsClosed = true, BreachSince = Ms.AddHours(1) }, 1, Ann));
        Assert.Equal(new NextStep.End(LedgerState.Released, "sla_breached"), NextStep.Of(theirs with { BreachSince = Ms.AddHours(1) }, 1, Ann));
        Assert.IsType<NextStep.Nothing>(NextStep.Of(theirs with { BreachSince = Ms.AddHours(-1) }, 1, Ann)); // broken by whoever had it before
    }

    [Fact]
    public void A_released_lead_is_routed_past_all_who_had_it()
    {
        var route = Assert.IsType<NextStep.Route>(NextStep.Of(Free with { Owner = "ann" }, 2, Entry(LedgerState.Released, "ann") with { Excluded = ["bob"] }));

        Assert.Equal((3, "bob, ann"), (route.Attempt, string.Join(", ", route.Excluded)));
        Assert.IsType<NextStep.Write>(NextStep.Of(Free with { Owner = "ann", OwnerSince = Ms }, 3, Entry(LedgerState.Decided, "max") with { Excluded = ["bob", "ann"] })); // theirs still is no word against it
    }

    [Fact]
    public void Who_waits_goes_on_waiting_as_long_as_they_are_a_lead_of_nobody()
    {
        Assert.IsType<NextStep.Nothing>(NextStep.Of(Free, 1, Entry(LedgerState.Held, null)));
        Assert.Equal(new NextStep.End(LedgerState.Withdrawn, "taken"), NextStep.Of(Free with { Owner = "max" }, 1, Entry(LedgerState.Held, null)));
        Assert.Equal(new NextStep.End(LedgerState.Withdrawn, "no_lead"), NextStep.Of(Free with { IsRoutable = false }, 1, Entry(LedgerState.Held, null)));
    }

    [Fact]
    public void Who_may_not_be_written_to_is_asked_about_again_when_they_may()
    {
        var refused = Entry(LedgerState.Decided, null) with { Reason = "no_consent" };

        Assert.IsType<NextStep.Nothing>(NextStep.Of(Free with { IsSuppressed = true }, 1, refused));
        Assert.Equal(2, Assert.IsType<NextStep.Route>(NextStep.Of(Free, 1, refused)).Attempt);
    }

    private static LeadStanding Said(string owner) => Free with { Said = new Observation(Ms, new(owner)) };

    private static LedgerEntry Entry(LedgerState state, string? owner) => new(new(new Guid(1, 0, 0, new byte[8])), 1, state, new("v1", At, [], [], "")) { Owner = owner };
}
