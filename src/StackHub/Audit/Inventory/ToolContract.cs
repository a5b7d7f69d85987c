using NodaTime;
using StackHub.Calendars;

namespace StackHub.Audit.Inventory;

/// <summary>When a contract renews, and how long before that one must have said no.</summary>
/// <param name="Renewal">The first day of the next term.</param>
public sealed record ToolContract(LocalDate Renewal, int NoticeDays)
{
    public bool? RenewsItself { get; init; }

    /// <summary>What the next term binds one to; the year's cost where nobody says.</summary>
    public decimal? Value { get; init; }

    /// <summary>The last working day on which notice is in time: a day that nobody works is moved to the one before.</summary>
    public LocalDate LastDayToAct(BusinessCalendar calendar)
    {
        var day = Renewal.PlusDays(-NoticeDays);
        for (var tried = 0; tried < LongestClosure; tried++, day = day.PlusDays(-1))
            if (calendar.IsWorkingDay(day))
                return day;
        return Renewal.PlusDays(-NoticeDays);
    }

    private const int LongestClosure = 60;
}
