using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using StackHub.Configuration.Format;

namespace StackHub.Calendars.Reading;

/// <summary>The keys of working hours: <c>{ zone: Europe/Berlin, weekdays: [09:00-12:00, 13:00-17:00], friday: 09:00-14:00, holidays: [2026-12-25] }</c>.</summary>
internal static class HoursFormat
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly Key<string> Zone = new("zone", new TextValue(), "The time zone, such as Europe/Berlin.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Weekdays = new("weekdays", new Names("Times such as 09:00-17:00"), "Monday to Friday, unless a day says otherwise.");
    private static readonly Key<ImmutableArray<Located>?> Holidays = new("holidays", new Names("Dates such as 2026-12-25"), "Days on which nobody works.");

    private static readonly ImmutableArray<(IsoDayOfWeek Day, Key<ImmutableArray<Located>?> Key)> Days =
        [.. Enumerable.Range((int)IsoDayOfWeek.Monday, 7).Select(day => (IsoDayOfWeek)day).Select(day => (day, new Key<ImmutableArray<Located>?>(day.ToString().ToLowerInvariant(), new Names("Times such as 09:00-17:00"), $"{day}s; an empty list is a free day.")))];

    public static readonly SectionOf Shape = new("A block of zone and working times", [Zone, Weekdays, .. Days.Select(day => day.Key), Holidays]);

    /// <summary>Null when something is wrong, which is reported.</summary>
    public static BusinessCalendar? Read(Section section)
    {
        var before = section.Problems.Count;
        var zone = ReadZone(section);
        var weekdays = section.Get(Weekdays);
        var hours = Days.ToDictionary(day => day.Day, day => Blocks(section, day.Key, section.Get(day.Key) ?? (day.Day <= IsoDayOfWeek.Friday ? weekdays : null)));
        var holidays = (section.Get(Holidays) ?? []).Select(date => Date(section, date)).OfType<LocalDate>().ToImmutableSortedSet();
        if (section.Problems.Count > before || zone is null)
            return null;
        try
        {
            return new(zone, new(hours.Where(day => day.Value.Count > 0)), new(section.Path, 1, holidays));
        }
        catch (ArgumentException e)
        {
            section.Problem(Zone, e.Message.Split(" (Parameter")[0], "Mend the times of that day.");
            return null;
        }
    }

    private static DateTimeZone? ReadZone(Section section)
    {
        if (section.Get(Zone) is not { } name)
            return null;
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
        if (zone is null)
            section.Problem(Zone, $"There is no time zone '{name}'.", Suggestion.For(name, DateTimeZoneProviders.Tzdb.Ids, "Use a name of the tz database, such as Europe/Berlin."));
        return zone;
    }

    private static IReadOnlyList<WorkingBlock> Blocks(Section section, Key key, ImmutableArray<Located>? written)
    {
        var blocks = new List<WorkingBlock>();
        foreach (var text in written ?? [])
        {
            if (text.Text.Split('-') is [var from, var until] && Time.Parse(from.Trim()) is { Success: true } start && Time.Parse(until.Trim() == "24:00" ? "00:00" : until.Trim()) is { Success: true } end)
                blocks.Add(new(start.Value, end.Value));
            else
                section.Problems.Add(text.Place, section.PathOf(key), $"'{text.Text}' is no working time.", "Write it as 09:00-17:00.");
        }

        return blocks;
    }

    private static LocalDate? Date(Section section, Located text)
    {
        if (LocalDatePattern.Iso.Parse(text.Text) is { Success: true } date)
            return date.Value;
        section.Problems.Add(text.Place, section.PathOf(Holidays), $"'{text.Text}' is no date.", "Write it as 2026-12-25.");
        return null;
    }
}
