namespace StackHub.Functions.Declaring;

/// <summary>An interval as the six fields of a timer trigger: second, minute, hour, day, month, weekday, in UTC.</summary>
internal static class Schedule
{
    public static string Of(TimeSpan every) => every switch
    {
        { TotalSeconds: >= 1 and < 60 } when Divides(every.TotalSeconds, 60) => $"*/{every.TotalSeconds} * * * * *",
        { TotalMinutes: >= 1 and < 60 } when Divides(every.TotalMinutes, 60) => $"0 */{every.TotalMinutes} * * * *",
        { TotalHours: >= 1 and < 24 } when Divides(every.TotalHours, 24) => $"0 0 */{every.TotalHours} * * *",
        { TotalHours: 24 } => "0 0 3 * * *", // at night, when there are few edits to stand in the way
        _ => throw new ArgumentOutOfRangeException(nameof(every), every, "A schedule has no such interval: take one that divides a minute, an hour or a day."),
    };

    private static bool Divides(double part, int whole) => part == Math.Floor(part) && whole % part == 0;
}
