namespace StackHub.Connecting;

/// <summary>How long a vendor takes, in words: one unit, and rounded up, since somebody is promised it.</summary>
public static class VendorTime
{
    private const int LongestInHours = 48;
    private const int LongestInMinutes = 120;

    /// <summary>"an hour", "90 minutes", "1 day", "30 days".</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalMinutes: <= 1 } => "a minute",
        { TotalMinutes: 60 } => "an hour",
        { TotalMinutes: < LongestInMinutes } => $"{Math.Ceiling(span.TotalMinutes)} minutes",
        { TotalHours: 24 } => "1 day",
        { TotalHours: < LongestInHours } => $"{Math.Ceiling(span.TotalHours)} hours",
        _ => $"{Math.Ceiling(span.TotalDays)} days",
    };

    /// <summary>"at once", or "within an hour".</summary>
    public static string Within(TimeSpan span) => span <= TimeSpan.Zero ? "at once" : $"within {Of(span)}";
}
