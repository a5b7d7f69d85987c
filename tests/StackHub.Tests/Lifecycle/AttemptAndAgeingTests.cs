using System.Collections.Immutable;
using NodaTime;
using StackHub.Calendars;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Reports;
using StackHub.Lifecycle.Service;
using StackHub.Records;
using static StackHub.Tests.Lifecycle.LifecycleScene;

namespace StackHub.Tests.Lifecycle;

/// <summary>Six attempts in ten working days, opportunities that grow old, and time in a stage as people worked it.</summary>
public sealed class AttemptAndAgeingTests : IAsyncDisposable
{
    private static readonly WorkingWeek NineToFive = WorkingWeek.Weekdays(new WorkingBlock(new(9, 0), new(17, 0)));
    private static readonly BusinessCalendar Utc = new(DateTimeZone.Utc, NineToFive, HolidayCalendar.None);
    private readonly LifecycleScene hub = new(scene =>
    {
        scene.Hours = Utc;
        scene.Ageing = ImmutableDictionary<string, int>.Empty.Add("Negotiation", 5).Add("*", 20);
    });

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Six_attempts_in_ten_working_days_keep_the_promise()
    {
        var person = await AcceptedAsync();
        Assert.Equal(At(6, 29, 10), Attempts(await hub.HeadAsync(person)).DueAt); // Monday 15 June 10:00, ten working days

        for (var day = 16; day < 22; day++)
            await TouchAsync(person, At(6, day, 11));

        var clock = Attempts(await hub.HeadAsync(person));
        Assert.Equal((At(6, 21, 11), null, "sal, 6 of 6 attempts"), (clock.MetAt, clock.BreachedAt, clock.What));
    }

    [Fact]
    public async Task Five_attempts_are_too_few_and_that_is_said_with_their_number()
    {
        var person = await AcceptedAsync();
        foreach (var day in new[] { 16, 17, 18, 25, 26 }) // the first ones are forgotten by the cells before it is due
            await TouchAsync(person, At(6, day, 11));
        await TouchAsync(person, At(6, 26, 11)); // told twice: one attempt

        await hub.TickAsync(At(6, 29, 9, 59));
        Assert.Null(await hub.ValueAsync(person, "slaBreach"));
        await hub.TickAsync(At(6, 29, 10, 1));

        Assert.Equal("sal, 5 of 6 attempts since 2026-06-29T10:00:00Z", await hub.ValueAsync(person, "slaBreach"));
        await TouchAsync(person, At(6, 28, 12), heardAt: At(6, 29, 12)); // logged late, made in time
        Assert.Null(await hub.ValueAsync(person, "slaBreach"));
        Assert.Equal("done 2026-06-28 12:00:00Z, before it was due", Attempts(await hub.HeadAsync(person)).Reversal);
    }

    [Fact]
    public async Task Who_was_qualified_or_given_up_needs_no_more_attempts()
    {
        var person = await AcceptedAsync();
        await TouchAsync(person, At(6, 16, 11));

        await hub.SaysAsync(person, Crm, "leadStatus", "Qualified", At(6, 17, 11));

        Assert.Equal(At(6, 17, 11), Attempts(await hub.HeadAsync(person)).MetAt);
    }

    [Fact]
    public async Task An_opportunity_that_stays_in_a_stage_for_too_long_is_told_by_stage_and_once_however_many_people_it_has()
    {
        var (one, other, deal) = (hub.New(), hub.New(), hub.New());
        await hub.SaysAsync(one, Marketing, "lifecycleStage", "lead", At(6, 1));
        await DealAsync(deal, "Negotiation", At(6, 15, 10), one, other);

        Assert.Equal((At(6, 22, 10), "opportunity in Negotiation"), (Ageing(await hub.HeadAsync(one)).DueAt, Ageing(await hub.HeadAsync(one)).What));
        await hub.TickAsync(At(6, 22, 10, 1));
        var line = Assert.Single((await ReportAsync()).Ageing);

        Assert.Equal(("Negotiation", 1, 1), (line.Stage, line.Open, line.TooLong));
        Assert.Equal(new AgedDeal(deal, At(6, 15, 10), At(6, 22, 10)), Assert.Single(line.Aged));
        Assert.Null(await hub.ValueAsync(one, "slaBreach")); // nobody loses a lead by it
        Assert.Equal(0, (await ReportAsync()).Stages.Sum(stage => stage.Broken));
    }

    [Fact]
    public async Task The_next_stage_begins_a_clock_of_its_own_and_a_closed_opportunity_has_none()
    {
        var (person, deal) = (hub.New(), hub.New());
        await DealAsync(deal, "Negotiation", At(6, 15, 10), person);

        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "stage", "Review", At(6, 18, 10));
        await hub.HearAsync(deal, At(6, 18, 10));
        Assert.Equal((At(7, 16, 10), "opportunity in Review"), (Ageing(await hub.HeadAsync(person)).DueAt, Ageing(await hub.HeadAsync(person)).What));

        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "true", At(6, 19, 10));
        await hub.HearAsync(deal, At(6, 19, 10));
        Assert.DoesNotContain((await hub.HeadAsync(person)).Clocks, clock => clock.Kind == ClockKind.Ageing);
        Assert.Empty((await ReportAsync()).Ageing);
    }

    [Fact]
    public void Time_in_a_stage_is_told_by_the_clock_and_as_it_was_worked()
    {
        var friday = new StageEntry("sal", At(6, 12, 16), Inferred: false, "e1", null) { LeftAt = At(6, 15, 10) };
        var monday = new StageEntry("sal", At(6, 15, 9), Inferred: false, "e2", null) { LeftAt = At(6, 15, 12) };

        var velocity = Velocity.Of("sal", [new(1, false, [friday]), new(1, false, [monday])], Utc);

        Assert.Equal((TimeSpan.FromHours(3), TimeSpan.FromHours(66)), (velocity.Median, velocity.Percentile90));
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromHours(3)), (velocity.WorkingMedian, velocity.WorkingPercentile90)); // the weekend is nobody's
    }

    private static SlaClock Attempts(JourneyHead head) => head.Clocks.Single(clock => clock.Kind == ClockKind.Attempts);

    private static SlaClock Ageing(JourneyHead head) => head.Clocks.Single(clock => clock.Kind == ClockKind.Ageing);

    private Task<LifecycleReport> ReportAsync() => hub.Get<LifecycleReports>().ReportAsync(TimeSpan.FromDays(90), TimeSpan.FromDays(90), default);

    private async Task<RecordId> AcceptedAsync()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(6, 15, 9));
        await hub.SaysAsync(person, Crm, "leadStatus", "Working", At(6, 15, 10));
        return person;
    }

    private Task<JourneyHead> TouchAsync(RecordId person, DateTimeOffset at, DateTimeOffset? heardAt = null) =>
        hub.SaysAsync(person, Crm, "touchedAt", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture), at, heardAt);

    private async Task DealAsync(RecordId deal, string stage, DateTimeOffset at, params RecordId[] people)
    {
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "contacts", string.Join(';', people.Select(person => $"{person}:Buyer")), at);
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "false", at);
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "stage", stage, at);
        await hub.HearAsync(deal, at);
    }
}
