using StackHub.Lifecycle;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Lifecycle.Reports;
using StackHub.Lifecycle.Service;
using static StackHub.Tests.Lifecycle.Story;

namespace StackHub.Tests.Lifecycle;

public sealed class LifecycleReportTests
{
    private static readonly LifecyclePlan Plan = new("v", LifecycleMachine.Default, []);
    private static readonly DateTimeOffset Now = At(8, 1);

    [Fact]
    public void A_ripe_cohort_has_a_share_a_young_one_has_none_and_an_empty_one_says_so()
    {
        var ripe = LifecycleReports.Of(Plan, [Head(Way(("mql", At(4, 1)), ("sal", At(4, 2)))), Head(Way(("mql", At(4, 1)), null))], At(3, 1), TimeSpan.FromDays(90), Now);
        var young = LifecycleReports.Of(Plan, [Head(Way(("mql", At(7, 1)), ("sal", At(7, 2))))], At(6, 1), TimeSpan.FromDays(90), Now);

        Assert.Equal(("50.0 % (cohort)", "50.0 % (period)"), (Step(ripe, "mql").Cohort.ToString(), Step(ripe, "mql").Period.ToString()));
        Assert.Equal(("immature", "n/a"), (Step(young, "mql").Cohort.ToString(), Step(young, "sql").Cohort.ToString()));
    }

    [Fact]
    public void Every_lost_cycle_has_exactly_one_cause_and_owner_and_the_sums_agree()
    {
        Cycle[] cycles =
        [
            Lost("disqualified", "student", ("inquiry", At(4, 1))),
            Lost("disqualified", "student", ("inquiry", At(4, 2))),
            Lost("recycled", "no budget", ("mql", At(4, 1))),
            Lost("lost", null, ("opportunity", At(4, 1))),
            Lost("churned", null, ("customer", At(4, 1))),
            Way(("mql", At(4, 1)), null), // stands still for four months
            Way(("mql", At(7, 20)), null),
            Way(("opportunity", At(4, 1)), ("customer", At(4, 2))),
        ];

        var report = LifecycleReports.Of(Plan, [.. cycles.Select(cycle => Head(cycle))], At(1, 1), TimeSpan.FromDays(90), Now);

        Assert.Equal(
            [("disqualified: student", LeakOwner.Marketing, 2), ("churned: after customer", LeakOwner.CustomerSuccess, 1), ("lost: after opportunity", LeakOwner.Sales, 1), ("recycled: no budget", LeakOwner.Sales, 1), ("stalled: in mql", LeakOwner.Sales, 1)],
            report.Leaks.Select(leak => (leak.Cause, leak.Owner, leak.Cycles)));
        Assert.Equal(6, report.Leaks.Sum(leak => leak.Cycles));
        Assert.Equal(5.0 / 8, report.RecycleRate);
    }

    [Fact]
    public void The_board_counts_people_by_where_they_stand_and_promises_by_what_became_of_them()
    {
        var due = new SlaClock("k", At(7, 1), At(7, 2), "c") { Stage = "mql" };
        JourneyHead[] heads =
        [
            Head(Way(("mql", At(7, 1)), null)) with { Clocks = [due] },
            Head(Way(("mql", At(7, 1)), null)) with { Clocks = [due with { BreachedAt = At(7, 3) }] },
            Head(Way(("mql", At(7, 1)), ("sal", At(7, 2)))) with { Clocks = [due with { MetAt = At(7, 1) }] },
        ];

        var report = LifecycleReports.Of(Plan, heads, At(1, 1), TimeSpan.FromDays(90), Now);

        var mql = report.Stages.Single(line => line.Stage == "mql");
        Assert.Equal((2, 1, 1, TimeSpan.FromDays(1)), (mql.People, mql.Waiting, mql.Broken, mql.Velocity.Median));
        Assert.Equal(0.5, report.KeptInTime);
    }

    private static StepLine Step(LifecycleReport report, string from) => report.Steps.Single(step => step.From == from);

    private static Cycle Lost(string detour, string? reason, (string Stage, DateTimeOffset At) from) =>
        Way(from, null) is var way ? way with { Entries = [.. way.Entries, new(detour, from.At.AddDays(1), false, "d", null) { Reason = reason }] } : null!;

    private static Cycle Way((string Stage, DateTimeOffset At) first, (string Stage, DateTimeOffset At)? next) => new(1, false,
        [new(first.Stage, first.At, false, "e", null) { LeftAt = next?.At }, .. next is { } then ? [new StageEntry(then.Stage, then.At, false, "n", null)] : Array.Empty<StageEntry>()]);

    private static JourneyHead Head(Cycle cycle) => new(1, "d", [new(Motion.New, [cycle], [], cycle.Current)], new(cycle.Current, cycle.Current, cycle.Since, null, false), System.Collections.Immutable.ImmutableSortedDictionary<string, string?>.Empty, Now);
}
