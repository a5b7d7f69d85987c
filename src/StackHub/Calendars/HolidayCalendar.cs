using System.Collections.Immutable;
using NodaTime;

namespace StackHub.Calendars;

/// <summary>Days nobody works, as data: a due time keeps the version it was computed with.</summary>
public sealed record HolidayCalendar(string Name, int Version, ImmutableSortedSet<LocalDate> Dates)
{
    public static readonly HolidayCalendar None = new("none", 0, []);
}
