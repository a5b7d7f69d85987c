using NodaTime;
using StackHub.Calendars;
using StackHub.Lifecycle.Service;
using static StackHub.Tests.Lifecycle.LifecycleScene;

namespace StackHub.Tests.Lifecycle;

/// <summary>Promises through the whole flow: begun by a stage, told by the timer, kept or broken by when things happened.</summary>
public sealed class ServiceClockFlowTests : IAsyncDisposable
{
    private static readonly WorkingWeek NineToFive = WorkingWeek.Weekdays(new WorkingBlock(new(9, 0), new(17, 0)));
    private readonly LifecycleScene hub = new(scene =>
    {
        scene.Hours = new(DateTimeZoneProviders.Tzdb["Europe/Berlin"], NineToFive, HolidayCalendar.None);
        scene.RemindBefore = TimeSpan.FromHours(1);
    });

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Scenario_35_four_working_hours_over_the_change_of_clocks_are_due_on_monday_at_half_past_twelve()
    {
        var head = await hub.SaysAsync(hub.New(), Marketing, "lifecycleStage", "mql", At(3, 27, 15, 30)); // Friday 16:30 +01:00

        Assert.Equal(At(3, 30, 10, 30), Assert.Single(head.Clocks).DueAt);
        Assert.Equal("2026-03-30T10:30:00.000Z", head.Fields["slaDueAt"]);
    }

    [Fact]
    public async Task Scenario_43_a_demo_at_closing_time_is_due_five_minutes_after_the_next_opening()
    {
        var head = await hub.SaysAsync(hub.New(), Marketing, "lastForm", "demo", At(6, 12, 15));

        Assert.Equal(At(6, 15, 7, 5), Assert.Single(head.Clocks).DueAt);
    }

    [Fact]
    public async Task Scenario_43_a_timer_that_fires_twice_tells_of_one_breach()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lastForm", "demo", At(6, 12, 15));
        await hub.TickAsync(At(6, 15, 7, 4));
        Assert.Null(await hub.ValueAsync(person, "slaBreach"));

        await hub.TickAsync(At(6, 15, 7, 6));
        var once = await hub.HeadAsync(person);
        await hub.TickAsync(At(6, 15, 7, 7));
        await hub.Get<StackHub.Lifecycle.LifecycleFlow>().RunAsync(person, again: true, CancellationToken.None);

        Assert.Equal("mql since 2026-06-15T07:05:00Z", await hub.ValueAsync(person, "slaBreach"));
        Assert.Equal((At(6, 15, 7, 6), once.Version), (Assert.Single((await hub.HeadAsync(person)).Clocks).BreachedAt, (await hub.HeadAsync(person)).Version));
    }

    [Fact]
    public async Task Scenario_43_an_acceptance_from_before_the_due_time_that_is_heard_of_late_is_no_breach_and_takes_the_re_route_back()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lastForm", "demo", At(6, 12, 15));
        await hub.TickAsync(At(6, 15, 7, 6));
        Assert.NotNull(await hub.ValueAsync(person, "slaBreach"));

        var head = await hub.SaysAsync(person, Crm, "leadStatus", "Working", At(6, 15, 7, 4, 59), heardAt: At(6, 15, 8));

        var clock = head.Clocks.Single(clock => clock.Stage == "mql");
        Assert.Equal((null, At(6, 15, 7, 4, 59), "done 2026-06-15 07:04:59Z, before it was due"), (clock.BreachedAt, clock.MetAt, clock.Reversal));
        Assert.Null(await hub.ValueAsync(person, "slaBreach"));
    }

    [Fact]
    public async Task Scenario_43_the_due_time_keeps_the_calendar_in_force_when_it_began()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lastForm", "demo", At(6, 12, 15));
        var moved = new LifecycleScene(scene => scene.Hours = BusinessCalendar.Always);
        await using (moved)
            hub.Start(moved.Plan());

        var head = await hub.HearAsync(person, At(6, 12, 16));

        Assert.Equal(At(6, 15, 7, 5), Assert.Single(head.Clocks).DueAt);
    }

    [Fact]
    public async Task Somebody_is_reminded_an_hour_before_once()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(6, 15, 7)); // Monday at opening: due 13:00
        await hub.TickAsync(At(6, 15, 9, 59));
        Assert.Null(Assert.Single((await hub.HeadAsync(person)).Clocks).RemindedAt);

        await hub.TickAsync(At(6, 15, 10, 1));
        await hub.TickAsync(At(6, 15, 10, 30));

        var clock = Assert.Single((await hub.HeadAsync(person)).Clocks);
        Assert.Equal((At(6, 15, 10, 1), null), (clock.RemindedAt, clock.BreachedAt));
        await hub.TickAsync(At(6, 15, 11, 1));
        Assert.NotNull(Assert.Single((await hub.HeadAsync(person)).Clocks).BreachedAt);
    }

    [Fact]
    public async Task The_first_touch_keeps_the_promise_of_an_accepted_lead_and_of_no_other()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(6, 15, 7));
        await hub.SaysAsync(person, Crm, "touchedAt", "2026-06-15T07:30:00.000Z", At(6, 15, 7, 30));
        Assert.Null(Assert.Single((await hub.HeadAsync(person)).Clocks).MetAt);

        await hub.SaysAsync(person, Crm, "leadStatus", "Working", At(6, 15, 8));
        await hub.SaysAsync(person, Crm, "touchedAt", "2026-06-15T09:00:00.000Z", At(6, 15, 9));

        Assert.Equal([("mql", At(6, 15, 8)), ("sal", At(6, 15, 9))], (await hub.HeadAsync(person)).Clocks.Where(clock => clock.Kind == ClockKind.Stage).Select(clock => (clock.Stage, clock.MetAt!.Value)));
    }

    [Fact]
    public async Task What_was_imported_promises_nothing() =>
        Assert.Empty((await hub.SaysAsync(hub.New(), Marketing, "lifecycleStage", "mql", At(3, 2, 9), heardAt: At(6, 1))).Clocks);
}
