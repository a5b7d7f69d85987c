using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using StackHub.Calendars;

namespace StackHub.Privacy.Clocks;

/// <summary>The working days of one country, nation or state, made by rule for any year, and the zone in which its days begin.</summary>
public sealed class PublicHolidays(string name, int version, string zone, ImmutableArray<HolidayRule> rules)
{
    private readonly ConcurrentDictionary<int, ImmutableSortedSet<DateOnly>> years = new();

    public string Name { get; } = name;

    public int Version { get; } = version;

    public DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb[zone];

    internal ImmutableArray<HolidayRule> Rules { get; } = rules;

    public ImmutableSortedSet<DateOnly> In(int year) => years.GetOrAdd(year, Made);

    public bool IsHoliday(DateOnly day) => In(day.Year).Contains(day);

    public bool IsWorkingDay(DateOnly day) => IsWeekday(day) && !IsHoliday(day);

    public static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The day itself, or the next working day.</summary>
    public DateOnly RollForward(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The local day of a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => Instant.FromDateTimeOffset(moment).InZone(Zone).Date.ToDateOnly();

    /// <summary>The moment at which a local day is over.</summary>
    public DateTimeOffset EndOf(DateOnly day) => LocalDate.FromDateOnly(day.AddDays(1)).AtStartOfDayInZone(Zone).ToDateTimeOffset();

    /// <summary>The same days as a calendar of working time has them.</summary>
    public HolidayCalendar ToCalendar(int fromYear, int throughYear) =>
        new(Name, Version, [.. Enumerable.Range(fromYear, throughYear - fromYear + 1).SelectMany(year => In(year).Select(LocalDate.FromDateOnly))]);

    /// <summary>Substitutes are placed in the order of their days, each on a weekday that no other holiday has.</summary>
    private ImmutableSortedSet<DateOnly> Made(int year)
    {
        var kept = Rules.Select(rule => (rule.Substituted, Day: rule.In(year))).Where(holiday => holiday.Day is not null).Select(holiday => (holiday.Substituted, Day: holiday.Day!.Value)).ToArray();
        var days = kept.Where(holiday => !Moves(holiday)).Select(holiday => holiday.Day).ToImmutableSortedSet();
        return kept.Where(Moves).OrderBy(holiday => holiday.Day).Aggregate(days, (taken, holiday) => taken.Add(Free(holiday.Day, taken)));

        static bool Moves((bool Substituted, DateOnly Day) holiday) => holiday.Substituted && !IsWeekday(holiday.Day);
    }

    private static DateOnly Free(DateOnly day, ImmutableSortedSet<DateOnly> taken)
    {
        while (!IsWeekday(day) || taken.Contains(day))
            day = day.AddDays(1);
        return day;
    }
}
