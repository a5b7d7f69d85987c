namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>US Central, by whose midnight Marketo counts: daylight time from the second Sunday of March to the first of November.</summary>
internal static class CentralTime
{
    public static DateTimeOffset Of(DateTimeOffset time)
    {
        var standard = time.ToOffset(TimeSpan.FromHours(-6));
        var begins = new DateTimeOffset(Sunday(standard.Year, 3, 2), standard.Offset).AddHours(2);
        var ends = new DateTimeOffset(Sunday(standard.Year, 11, 1), standard.Offset).AddHours(1);
        return standard >= begins && standard < ends ? time.ToOffset(TimeSpan.FromHours(-5)) : standard;
    }

    private static DateTime Sunday(int year, int month, int nth)
    {
        var first = new DateTime(year, month, 1);
        return first.AddDays(((7 - (int)first.DayOfWeek) % 7) + (7 * (nth - 1)));
    }
}
