using NodaTime;
using StackHub.Permissions;

namespace StackHub.Privacy.Consent;

/// <summary>California's dates of an opt-out of sale and sharing. Not legal advice: each is shown with its rule.</summary>
public static class SaleOptOutDates
{
    private const int BusinessDays = 15;
    private static readonly DateTimeZone California = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    /// <summary>The day it is in California.</summary>
    public static DateOnly CaliforniaDay(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(California).Date.ToDateOnly();

    /// <summary>
    /// 15 business days after receipt (11 CCR 7026(f)(1)). "Business day" is not defined there, so holidays are not taken off: no reading
    /// makes it due earlier.
    /// </summary>
    public static DateOnly DueBy(DateOnly received)
    {
        var day = received;
        for (var counted = 0; counted < BusinessDays;)
            if ((day = day.AddDays(1)).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                counted++;
        return day;
    }

    /// <summary>From when the person may be asked to opt in again: twelve months after the opt-out (Civ. Code 1798.135(c)(4)), or later where the file says so.</summary>
    public static DateOnly MayAskFrom(DateOnly optedOut, int months) => optedOut.AddMonths(Math.Max(months, PrivacySettings.LeastAskAgainMonths));

    /// <summary>The same of what holds for a purpose; null where it is no sale, or was not refused.</summary>
    public static DateOnly? MayAskFrom(Purpose purpose, ConsentStanding standing, int months) =>
        purpose.Use == PurposeUse.Sale && standing is { State: ConsentState.Refused, By: { } refusal } ? MayAskFrom(CaliforniaDay(refusal.At), months) : null;
}
