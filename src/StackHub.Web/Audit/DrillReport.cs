using NodaTime;
using NodaTime.Text;
using StackHub.Connecting;

namespace StackHub.Web.Audit;

/// <summary>What came of a trial erasure, as somebody tells it.</summary>
/// <param name="Passed">Whether the synthetic person could no longer be found in the end.</param>
/// <param name="Day">The day of the trial as 2026-12-01; today when left out.</param>
/// <param name="Days">Days until the person was gone; only of one that passed.</param>
/// <param name="Reason">Why it failed, without anything of a person: at most 200 characters, no address.</param>
public sealed record DrillReport(bool? Passed, string? Day, int? Days, string? Reason)
{
    public const int MostDays = 365;

    public const int MostLetters = 200;

    /// <summary>The result, or the name of what cannot be used and what would do.</summary>
    public (DrillResult? Result, string? Wrong, string? Cure) Read(DateTimeOffset now)
    {
        if (Passed is not { } passed)
            return (null, "passed", "true or false");
        if (DayOf(now) is not { } at)
            return (null, "day", "a date like 2026-12-01, not in the future");
        if (Days is < 0 or > MostDays || (Days is not null && !passed))
            return (null, "days", $"a number from 0 to {MostDays}, of a trial that passed");
        var reason = Reason?.Trim();
        if (reason is { Length: > MostLetters } || reason?.Any(sign => char.IsControl(sign) || sign == '@') == true)
            return (null, "reason", $"a line of at most {MostLetters} characters without an address");
        return (new(at, passed, Days, string.IsNullOrEmpty(reason) ? null : reason), null, null);
    }

    public override string ToString() => nameof(DrillReport);

    private DateTimeOffset? DayOf(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Day))
            return now;
        return LocalDatePattern.Iso.Parse(Day.Trim()) is { Success: true, Value: var day } && day <= LocalDate.FromDateTime(now.UtcDateTime)
            ? day.AtMidnight().InUtc().ToDateTimeOffset()
            : null;
    }
}
