using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using StackHub.Calendars;

namespace StackHub.Tests.Calendars;

public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar Berlin = Calendar("Europe/Berlin", WorkingWeek.Weekdays(Block(9, 17)));
    private static readonly BusinessCalendar LeadAngel = Calendar("Etc/UTC", WorkingWeek.Weekdays(Block(10, 18)));

    [Fact]
    public void Scenario_31_ten_hours_from_wednesday_three_end_on_thursday_at_five() =>
        Assert.Equal(Utc(2026, 6, 11, 17), ServiceTerm.Hours(10).DueAfter(Utc(2026, 6, 10, 15), LeadAngel));

    [Fact]
    public void Scenario_32_a_day_and_ten_hours_from_wednesday_three_end_on_friday_at_five() =>
        Assert.Equal(Utc(2026, 6, 12, 17), new ServiceTerm(1, 0, TimeSpan.FromHours(10)).DueAfter(Utc(2026, 6, 10, 15), LeadAngel));

    [Fact]
    public void Scenario_35_a_term_over_the_change_to_summer_time_ends_by_the_clock_on_the_wall() =>
        Assert.Equal(Utc(2026, 3, 30, 10, 30), Berlin.Add(Utc(2026, 3, 27, 15, 30), TimeSpan.FromHours(4)));

    [Fact]
    public void Scenario_39_easter_is_not_counted()
    {
        var easter = new HolidayCalendar("uk", 1, [new(2026, 4, 3), new(2026, 4, 6)]);
        var london = Calendar("Europe/London", WorkingWeek.Weekdays(Block(9, 17)), easter);

        Assert.Equal(Utc(2026, 4, 7, 8, 30), london.Add(Utc(2026, 4, 2, 15, 30), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Scenario_43_what_arrives_at_close_starts_at_the_next_opening() =>
        Assert.Equal(Utc(2026, 6, 15, 7, 5), Berlin.Add(Utc(2026, 6, 12, 15), TimeSpan.FromMinutes(5)));

    [Fact]
    public void Scenario_43_a_day_elapsed_over_the_change_of_clocks_is_24_hours()
    {
        var due = new ServiceTerm(1, 0, TimeSpan.Zero).DueAfter(Utc(2026, 3, 7, 17), BusinessCalendar.Always);

        Assert.Equal(new LocalDateTime(2026, 3, 8, 13, 0), Instant.FromDateTimeOffset(due).InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime);
    }

    [Fact]
    public void Several_blocks_a_day_leave_out_the_break()
    {
        var siesta = Calendar("Europe/Madrid", WorkingWeek.Weekdays(Block(16, 20), Block(9, 14)));

        Assert.Equal(Utc(2026, 6, 10, 15), siesta.Add(Utc(2026, 6, 10, 11), TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromHours(9), siesta.Between(Utc(2026, 6, 10, 0), Utc(2026, 6, 11, 0)));
    }

    [Fact]
    public void The_hour_that_comes_twice_is_worked_twice_and_the_one_that_is_skipped_not_at_all()
    {
        var always = Calendar("Europe/Berlin", WorkingWeek.Always);
        var night = Calendar("Europe/Berlin", new WorkingWeek([new(IsoDayOfWeek.Sunday, [Block(1, 3)])]));

        Assert.Equal(TimeSpan.FromHours(25), always.Between(Utc(2026, 10, 24, 22), Utc(2026, 10, 25, 23)));
        Assert.Equal(TimeSpan.FromHours(3), night.Between(Utc(2026, 10, 24, 12), Utc(2026, 10, 25, 12)));
        Assert.Equal(TimeSpan.FromHours(1), night.Between(Utc(2026, 3, 28, 12), Utc(2026, 3, 29, 12)));
    }

    [Fact]
    public void The_next_opening_of_a_closed_moment_is_found_and_an_open_one_is_its_own()
    {
        Assert.Equal(Utc(2026, 6, 15, 7), Berlin.NextOpen(Utc(2026, 6, 13, 12)));
        Assert.Equal(Utc(2026, 6, 15, 8), Berlin.NextOpen(Utc(2026, 6, 15, 8)));
        Assert.False(Berlin.IsOpen(Utc(2026, 6, 12, 15)));
    }

    [Fact]
    public void Working_days_keep_the_time_of_day_and_pass_over_the_weekend()
    {
        Assert.Equal(Utc(2026, 6, 19, 8), Berlin.AddDays(Utc(2026, 6, 12, 8), 5));
        Assert.Equal(Utc(2026, 6, 16, 7), Berlin.AddDays(Utc(2026, 6, 13, 12), 1));
        Assert.Equal(Utc(2026, 3, 30, 8), Berlin.AddDays(Utc(2026, 3, 27, 9), 1));
    }

    [Fact]
    public void A_calendar_without_a_working_day_says_so_instead_of_searching_for_ever()
    {
        var allYear = new HolidayCalendar("shut", 1, [.. Enumerable.Range(0, 900).Select(day => new LocalDate(2026, 1, 1).PlusDays(day))]);

        var failure = Assert.Throws<InvalidOperationException>(() => Calendar("Etc/UTC", WorkingWeek.Always, allYear).NextOpen(Utc(2026, 1, 2, 0)));

        Assert.Contains("'shut'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hours_that_cannot_be_are_refused_with_the_cure()
    {
        Assert.Contains("ends before it starts", Assert.Throws<ArgumentException>(() => WorkingWeek.Weekdays(Block(17, 9))).Message, StringComparison.Ordinal);
        Assert.Contains("make them one block", Assert.Throws<ArgumentException>(() => WorkingWeek.Weekdays(Block(9, 13), Block(12, 17))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one day", Assert.Throws<ArgumentException>(() => new WorkingWeek([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_added_lies_between_whatever_the_start() => Prop.ForAll(
        Gen.Choose(0, 60 * 24 * 400).Two().ToArbitrary(),
        pair =>
        {
            var start = Utc(2026, 1, 1, 0).AddMinutes(pair.Item1);
            var working = TimeSpan.FromMinutes(pair.Item2 % 6000);
            return Berlin.Between(start, Berlin.Add(start, working)) == working;
        }).QuickCheckThrowOnFailure();

    private static BusinessCalendar Calendar(string zone, WorkingWeek week, HolidayCalendar? holidays = null) =>
        new(DateTimeZoneProviders.Tzdb[zone], week, holidays ?? HolidayCalendar.None);

    private static WorkingBlock Block(int from, int until) => new(new(from, 0), new(until, 0));

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
