namespace StackHub.Privacy.Clocks;

/// <summary>Easter Sunday of the Gregorian calendar, by the anonymous computus (Meeus, Jones, Butcher).</summary>
public static class Easter
{
    public static DateOnly In(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = Math.DivRem(year, 100);
        var (leapCenturies, centuryRest) = Math.DivRem(century, 4);
        var moonShift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - leapCenturies - moonShift + 15) % 30;
        var (leaps, yearRest) = Math.DivRem(inCentury, 4);
        var weekday = (32 + (2 * centuryRest) + (2 * leaps) - epact - yearRest) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(epact + weekday - (7 * late) + 114, 31);
        return new(year, month, day + 1);
    }
}
