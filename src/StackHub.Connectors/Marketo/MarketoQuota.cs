namespace StackHub.Connectors.Marketo;

/// <summary>Marketo counts its daily quota from midnight to midnight in US Central time; pure.</summary>
internal static class MarketoQuota
{
    public static TimeSpan UntilReset(DateTimeOffset now)
    {
        var local = InCentral(now);
        var midnight = local.Date.AddDays(1);
        return new DateTimeOffset(midnight, OffsetAt(midnight)) - now;
    }

    private static DateTimeOffset InCentral(DateTimeOffset now)
    {
        var standard = now.ToOffset(Standard);
        return OffsetAt(standard.DateTime) == Standard ? standard : now.ToOffset(Daylight);
    }

    /// <summary>By the law since 2007; written out, since a container may have no time zone data. Midnights are never in the hour of the change.</summary>
    private static TimeSpan OffsetAt(DateTime standardTime)
    {
        var begins = NthSunday(standardTime.Year, 3, 2).AddHours(2);
        var ends = NthSunday(standardTime.Year, 11, 1).AddHours(1);
        return standardTime >= begins && standardTime < ends ? Daylight : Standard;
    }

    private static DateTime NthSunday(int year, int month, int nth)
    {
        var first = new DateTime(year, month, 1);
        var toSunday = (7 - (int)first.DayOfWeek) % 7;
        return first.AddDays(toSunday + 7 * (nth - 1));
    }

    private static readonly TimeSpan Standard = TimeSpan.FromHours(-6);
    private static readonly TimeSpan Daylight = TimeSpan.FromHours(-5);
}
