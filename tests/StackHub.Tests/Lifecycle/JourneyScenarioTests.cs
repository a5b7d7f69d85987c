using StackHub.Calendars;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;
using StackHub.Lifecycle.Reports;
using StackHub.Records;
using static StackHub.Tests.Lifecycle.Story;

namespace StackHub.Tests.Lifecycle;

/// <summary>The scenarios of the facts, by their numbers.</summary>
public sealed class JourneyScenarioTests
{
    private static readonly LifecycleMachine Machine = LifecycleMachine.Default;

    [Fact]
    public void Scenario_01_a_customer_whom_marketing_calls_a_lead_stays_a_customer()
    {
        var journey = Won().Says("map", "inquiry", At(7, 1)).Journey();

        Assert.Equal("customer", journey.Current);
        Assert.Equal([Refusals.NonAuthoritativeRegression], journey.Proposals.Select(proposal => proposal.Reason));
        Assert.Equal(1, journey.BlockedRegressions);
    }

    [Fact]
    public void Scenario_03_a_stage_nobody_mapped_changes_nothing_and_applies_once_it_is_mapped()
    {
        var story = Qualified().Says("crm", "123456", At(5, 3));

        Assert.Equal("mql", story.Journey().Current);
        Assert.Equal([Refusals.UnmappedStage], story.Journey().Proposals.Select(proposal => proposal.Reason));
        var mapped = JourneyFold.Of(Machine, story.Events.Select(said => said.Stage == "123456" ? said with { Stage = "sal" } : said)).Single();
        Assert.Equal("sal", mapped.Current);
        Assert.Empty(mapped.Proposals);
    }

    [Fact]
    public void Scenario_04_an_opportunity_and_a_score_of_the_same_moment_end_alike_in_both_orders()
    {
        var before = Qualified().Events;
        var opportunity = Event("E1", "opportunity", "crm", At(5, 2, 10));
        var score = Event("E2", "mql", "map", At(5, 2, 10));

        foreach (var order in new[] { (LifecycleEvent[])[opportunity, score], [score, opportunity] })
        {
            var journey = JourneyFold.Of(Machine, [.. before, .. order]).Single();

            Assert.Equal("opportunity", journey.Current);
            Assert.All(journey.Cycles[0].Entries.Where(entry => entry.Stage is "sal" or "sql"), entry => Assert.Equal((At(5, 2, 10), true), (entry.At, entry.Inferred)));
            Assert.Equal(2, journey.Cycles[0].Entries.Count(entry => entry.Stage is "sal" or "sql"));
            Assert.Equal("E2", Assert.Single(journey.Proposals).Event);
        }
    }

    [Fact]
    public void Scenario_07_a_subscriber_whose_won_opportunity_is_imported_skipped_five_stages()
    {
        var journey = new Story().Says("map", "subscriber", At(3, 1)).Says("crm", "customer", At(6, 1)).Journey();

        Assert.Equal("customer", journey.Current);
        string[] skipped = ["inquiry", "mql", "sal", "sql", "opportunity"];
        Assert.Equal(skipped, journey.Cycles[0].Entries.Where(entry => entry.Inferred && entry.At == At(6, 1)).Select(entry => entry.Stage));
        Assert.All(skipped, stage => Assert.Equal((1.0, (TimeSpan?)null), (Velocity.Of(stage, journey.Cycles, BusinessCalendar.Always).SkipRate, Velocity.Of(stage, journey.Cycles, BusinessCalendar.Always).Median)));
    }

    [Fact]
    public void Scenario_08_marketing_makes_nobody_a_customer_and_billing_does()
    {
        var story = Qualified().Says("crm", "sal", At(5, 2)).Says("map", "customer", At(5, 3));
        Assert.Equal("sal", story.Journey().Current);
        Assert.Equal(Refusals.AuthorityDenied, Assert.Single(story.Journey().Proposals).Reason);

        Assert.Equal("customer", story.Says("billing", "customer", At(5, 4)).Journey().Current);
    }

    [Fact]
    public void Scenario_10_an_old_score_does_not_re_fire_and_a_demo_opens_the_second_cycle()
    {
        var story = Qualified()
            .Says("crm", "recycled", At(6, 1), said => said with { Reason = "no budget", RevisitAt = At(9, 1) })
            .Says("hub", "mql", At(6, 2), said => said with { EngagedAt = At(4, 30), RuleVersion = 1 });
        Assert.Equal("recycled", story.Journey().Current);
        Assert.Equal(Refusals.NoNewEngagement, Assert.Single(story.Journey().Proposals).Reason);

        var journey = story.Says("map", "mql", At(6, 20), said => said with { EngagedAt = At(6, 20) }).Journey();

        Assert.Equal((2, "mql"), (journey.Cycles.Length, journey.Current));
        Assert.Equal(2, journey.EntriesOf("mql").Count());
        Assert.Equal("recycled", journey.Cycles[0].Current);
    }

    [Fact]
    public void Scenario_10_engagement_within_the_cooldown_does_not_re_fire()
    {
        var journey = Qualified()
            .Says("crm", "recycled", At(6, 1), said => said with { Reason = "no budget", RevisitAt = At(9, 1) })
            .Says("map", "mql", At(6, 14), said => said with { EngagedAt = At(6, 14) }).Journey();

        Assert.Equal(Refusals.Cooldown, Assert.Single(journey.Proposals).Reason);
    }

    [Fact]
    public void Scenario_11_a_churned_customer_who_asks_for_a_demo_is_won_back_in_a_second_cycle()
    {
        var journey = Won().Says("billing", "churned", At(6, 30)).Says("map", "mql", At(8, 10)).Journey();

        Assert.Equal((2, "mql", true), (journey.Cycles.Length, journey.Current, journey.Cycles[1].IsWinBack));
        Assert.Equal("churned", journey.Cycles[0].Current);
        Assert.Equal("customer", journey.HighWater);
    }

    [Fact]
    public void Scenario_14_an_account_is_where_its_farthest_person_with_a_role_is()
    {
        AccountMember[] people = [Member(1, "inquiry"), Member(2, "mql"), Member(3, "opportunity") with { HasRole = true }, Member(4, "disqualified")];

        Assert.Equal("opportunity", AccountStage.Of(Machine, people));
        Assert.Equal("mql", AccountStage.Of(Machine, people.Select(person => person with { HasRole = false })));
    }

    [Fact]
    public void An_account_is_qualified_by_two_people_within_thirty_days_of_whom_one_is()
    {
        AccountMember[] people = [Member(1, "inquiry"), Member(2, "mql")];

        Assert.True(AccountStage.IsQualified(Machine, people, AccountQualification.Default, At(5, 20)));
        Assert.False(AccountStage.IsQualified(Machine, people, AccountQualification.Default, At(6, 20)));
        Assert.False(AccountStage.IsQualified(Machine, people[1..], AccountQualification.Default, At(5, 20)));
        Assert.False(AccountStage.IsQualified(Machine, [people[0], Member(3, "inquiry")], AccountQualification.Default, At(5, 20)));
    }

    [Fact]
    public void Scenario_16_a_merge_unites_what_was_said_and_an_unmerge_parts_it_again()
    {
        LifecycleEvent[] first = [Event("p1", "inquiry", "map", At(4, 1)), Event("p2", "mql", "map", At(5, 1))];
        LifecycleEvent[] second = [Event("q1", "opportunity", "crm", At(5, 5))];
        var (before, other) = (Shown(first), Shown(second));

        var merged = JourneyFold.Of(Machine, [.. second, .. first]).Single();

        Assert.Equal(("opportunity", At(5, 1)), (merged.Current, merged.Cycles[0].First("mql")!.At));
        Assert.Equal((before, other), (Shown(first), Shown(second)));
    }

    [Fact]
    public void Scenario_19_a_customer_of_one_product_who_asks_for_another_starts_an_expansion()
    {
        var motion = Motion.Of("B", ["A"]);
        var story = Won().Says("map", "mql", At(7, 1), said => said with { Motion = motion });

        Assert.Equal("mql", story.Journey(Motion.Expansion("B")).Current);
        Assert.Equal("customer", story.Journey().Current);
    }

    [Fact]
    public void Scenario_19_an_open_support_case_of_the_first_priority_holds_marketing_back()
    {
        var story = Won().Says("map", "mql", At(7, 1), said => said with { Motion = Motion.Expansion("B"), Suppressed = true });

        Assert.Equal(Refusals.Suppressed, Assert.Single(story.Journey(Motion.Expansion("B")).Proposals).Reason);
    }

    [Fact]
    public void Scenario_20_of_two_events_of_one_moment_the_higher_authority_decides_in_every_order()
    {
        LifecycleEvent[] two = [Event("a", "disqualified", "crm", At(5, 2)) with { Reason = "student" }, Event("b", "mql", "map", At(5, 2))];

        Assert.Equal(["disqualified"], Orders(two).Select(order => JourneyFold.Of(Machine, [Event("0", "inquiry", "map", At(4, 1)), .. order]).Single().Current).Distinct());
    }

    [Fact]
    public void Scenario_20_three_events_of_one_moment_and_authority_end_alike_in_all_six_orders()
    {
        LifecycleEvent[] three = [Event("a", "sal", "crm", At(5, 2)), Event("b", "sql", "crm", At(5, 2)), Event("c", "opportunity", "crm", At(5, 2))];

        Assert.Single(Orders(three).Select(order => Shown([.. Qualified().Events, .. order])).Distinct());
    }

    [Fact]
    public void Scenario_51_a_cohort_is_a_share_once_everybody_had_the_time_and_a_period_says_that_it_is_one()
    {
        var cycles = Enumerable.Range(0, 400).Select(number => Cycle(At(1, 1 + (number % 28)), number < 120 ? At(3, 1) : null)).ToArray();
        var within = TimeSpan.FromDays(90);

        Assert.Equal("30.0 % (cohort)", Conversions.Cohort(cycles, "mql", "sql", At(1, 1), At(2, 1), within, At(5, 10)).ToString());
        Assert.Equal("immature", Conversions.Cohort(cycles, "mql", "sql", At(1, 1), At(2, 1), within, At(4, 1)).ToString());
        Assert.Equal("n/a", Conversions.Cohort([], "mql", "sql", At(1, 1), At(2, 1), within, At(5, 10)).ToString());
        var period = Enumerable.Range(0, 120).Select(number => Cycle(At(1, 2), number < 30 ? At(1, 9) : null));
        Assert.Equal("25.0 % (period)", Conversions.Period(period, "mql", "sql", At(1, 1), At(2, 1)).ToString());
    }

    private static Cycle Cycle(DateTimeOffset mql, DateTimeOffset? sql) => new(1, false,
        [new("mql", mql, false, "e", null), .. sql is { } at ? [new StageEntry("sql", at, false, "e", null)] : Array.Empty<StageEntry>()]);

    private static AccountMember Member(int number, string stage) => new(new RecordId(new Guid(number, 0, 0, new byte[8])), stage, At(5, 1), HasRole: false);

    private static IEnumerable<LifecycleEvent[]> Orders(LifecycleEvent[] events) => events.Length < 2
        ? [events]
        : events.SelectMany(first => Orders([.. events.Where(other => other != first)]).Select(rest => (LifecycleEvent[])[first, .. rest]));

    private static string Shown(IEnumerable<LifecycleEvent> events, DateTimeOffset? knownAt = null) => string.Join('|', JourneyFold.Of(Machine, events, knownAt).Select(journey =>
        $"{journey.Motion} {journey.HighWater} {string.Join(',', journey.Cycles.SelectMany(cycle => cycle.Entries))} {string.Join(',', journey.Proposals)}"));
}
