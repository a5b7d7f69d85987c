using NodaTime;

namespace StackHub.Calendars;

/// <summary>Working time in one zone: counts elapsed time while open, so a day of 23 or 25 hours is counted as it was lived.</summary>
public sealed class BusinessCalendar(DateTimeZone zone, WorkingWeek week, HolidayCalendar holidays)
{
    /// <summary>Open at all times: working time is elapsed time.</summary>
    public static readonly BusinessCalendar Always = new(DateTimeZone.Utc, WorkingWeek.Always, HolidayCalendar.None);

    /// <summary>More days than any list of holidays closes in a row.</summary>
    private const int LongestClosure = 400;

    /// <summary>Who asks, asks about now, again and again.</summary>
    private volatile Stretch? lately;

    public DateTimeZone Zone { get; } = zone;

    public HolidayCalendar Holidays { get; } = holidays;

    /// <summary>When that much working time has passed since the start.</summary>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan working)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(working, TimeSpan.Zero);
        if (working == TimeSpan.Zero)
            return start.ToUniversalTime();
        var left = Duration.FromTimeSpan(working);
        foreach (var (open, close) in OpenFrom(Instant.FromDateTimeOffset(start)))
        {
            if (left <= close - open)
                return (open + left).ToDateTimeOffset();
            left -= close - open;
        }
        throw Closed(start);
    }

    /// <summary>The working time from one moment to another; negative when the second comes first.</summary>
    public TimeSpan Between(DateTimeOffset start, DateTimeOffset end)
    {
        if (end < start)
            return -Between(end, start);
        var until = Instant.FromDateTimeOffset(end);
        var worked = Duration.Zero;
        foreach (var (open, close) in OpenFrom(Instant.FromDateTimeOffset(start)).TakeWhile(block => block.Open < until))
            worked += Instant.Min(close, until) - open;
        return worked.ToTimeSpan();
    }

    /// <summary>The moment itself when open, otherwise the next opening.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset moment) =>
        OpenFrom(Instant.FromDateTimeOffset(moment)).Select(block => (DateTimeOffset?)block.Open.ToDateTimeOffset()).FirstOrDefault() ?? throw Closed(moment);

    public bool IsOpen(DateTimeOffset moment)
    {
        var known = lately;
        if (known is null || moment < known.From || moment >= known.Until)
            lately = known = Around(moment);
        return known.IsOpen;
    }

    /// <summary>The stretch in which nothing changes from the moment on.</summary>
    private Stretch Around(DateTimeOffset moment)
    {
        var (open, close) = OpenFrom(Instant.FromDateTimeOffset(moment)).First();
        var opens = open.ToDateTimeOffset();
        return opens <= moment ? new(moment, close.ToDateTimeOffset(), true) : new(moment, opens, false);
    }

    public bool IsWorkingDay(LocalDate date) => !week[date.DayOfWeek].IsEmpty && !Holidays.Dates.Contains(date);

    /// <summary>The same time of day that many working days later, or the next time that day is open, or its close.</summary>
    public DateTimeOffset AddDays(DateTimeOffset start, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var from = Instant.FromDateTimeOffset(NextOpen(start)).InZone(Zone);
        var date = from.Date;
        for (var left = workingDays; left > 0; left--)
            date = NextWorkingDay(date, start);
        var wanted = date.At(from.TimeOfDay).InZoneLeniently(Zone).ToInstant();
        foreach (var (open, close) in OpenOn(date))
            if (wanted <= close)
                return Instant.Max(open, wanted).ToDateTimeOffset();
        return OpenOn(date).Last().Close.ToDateTimeOffset();
    }

    private LocalDate NextWorkingDay(LocalDate date, DateTimeOffset start)
    {
        for (var tried = 0; tried < LongestClosure; tried++)
            if (IsWorkingDay(date = date.PlusDays(1)))
                return date;
        throw Closed(start);
    }

    /// <summary>What is open from a moment on, block by block; ends only where nothing opens for more than a year.</summary>
    private IEnumerable<(Instant Open, Instant Close)> OpenFrom(Instant start)
    {
        var closed = 0;
        for (var date = start.InZone(Zone).Date; closed <= LongestClosure; date = date.PlusDays(1))
        {
            closed++;
            foreach (var (open, close) in OpenOn(date).Where(block => block.Close > start))
            {
                closed = 0;
                yield return (Instant.Max(open, start), close);
            }
        }
    }

    private IEnumerable<(Instant Open, Instant Close)> OpenOn(LocalDate date) => IsWorkingDay(date)
        ? week[date.DayOfWeek].Select(block => block.On(date, Zone)).Where(block => block.Open < block.Close)
        : [];

    private InvalidOperationException Closed(DateTimeOffset after) =>
        new($"Nothing is open for {LongestClosure} days after {after:yyyy-MM-dd}: holiday calendar '{Holidays.Name}' leaves no working day.");

    private sealed record Stretch(DateTimeOffset From, DateTimeOffset Until, bool IsOpen);
}
