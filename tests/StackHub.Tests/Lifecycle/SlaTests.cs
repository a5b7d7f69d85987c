using NodaTime;
using StackHub.Calendars;
using StackHub.Lifecycle.Service;
using static StackHub.Tests.Lifecycle.Story;

namespace StackHub.Tests.Lifecycle;

public sealed class SlaTests
{
    private static readonly BusinessCalendar Berlin = new(DateTimeZoneProviders.Tzdb["Europe/Berlin"], WorkingWeek.Weekdays(new WorkingBlock(new(9, 0), new(17, 0))), HolidayCalendar.None);
    private static readonly SlaClock Clock = SlaClock.Start("p/new/1/mql", At(6, 12, 15), ServiceTerm.Minutes(5), Berlin);

    [Fact]
    public void Scenario_43_a_lead_that_arrives_at_close_is_due_five_minutes_after_the_next_opening() => Assert.Equal(At(6, 15, 7, 5), Clock.DueAt);

    [Fact]
    public void Scenario_43_a_timer_that_fires_twice_tells_of_one_breach()
    {
        var breached = Assert.IsType<SlaDecision.Breached>(Sla.Tick(Clock, At(6, 15, 7, 6)));

        Assert.IsType<SlaDecision.Nothing>(Sla.Tick(breached.Clock, At(6, 15, 7, 7)));
    }

    [Fact]
    public void Scenario_43_a_touch_from_before_the_due_time_that_is_heard_of_before_the_timer_is_no_breach()
    {
        var met = Assert.IsType<SlaDecision.Met>(Sla.Touch(Clock, Clock.DueAt.AddSeconds(-1)));

        Assert.IsType<SlaDecision.Nothing>(Sla.Tick(met.Clock, At(6, 15, 9)));
    }

    [Fact]
    public void Scenario_43_a_touch_from_before_the_due_time_that_is_heard_of_after_the_breach_reverses_it()
    {
        var breached = Sla.Tick(Clock, At(6, 15, 7, 6)).Clock;

        var reversed = Assert.IsType<SlaDecision.Reversed>(Sla.Touch(breached, Clock.DueAt.AddSeconds(-1)));

        Assert.Null(reversed.Clock.BreachedAt);
        Assert.Contains("before it was due", reversed.Reason, StringComparison.Ordinal);
        Assert.IsType<SlaDecision.Nothing>(Sla.Touch(reversed.Clock, Clock.DueAt.AddSeconds(-1)));
    }

    [Fact]
    public void Scenario_43_the_due_time_keeps_the_calendar_in_force_when_it_began()
    {
        var moved = SlaClock.Start(Clock.Key, At(6, 12, 15), ServiceTerm.Minutes(5), BusinessCalendar.Always);

        Assert.Equal(At(6, 15, 7, 5), Sla.Tick(Clock, At(6, 12, 16)).Clock.DueAt);
        Assert.Equal(At(6, 12, 15, 5), moved.DueAt);
    }

    [Fact]
    public void A_touch_after_the_due_time_is_a_breach_even_before_the_timer_says_so() =>
        Assert.IsType<SlaDecision.Breached>(Sla.Touch(Clock, Clock.DueAt.AddSeconds(1)));
}
