namespace StackHub.Web.Shell;

/// <summary>How the console says how long something takes: in one unit, as people would.</summary>
public static class Ages
{
    public static string Of(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1 } => "under 1 ms",
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds:0} ms",
        { TotalSeconds: < 10 } => $"{span.TotalSeconds:0.#} s",
        { TotalSeconds: < 90 } => $"{span.TotalSeconds:0} s",
        { TotalMinutes: < 90 } => $"{span.TotalMinutes:0} min",
        { TotalHours: < 36 } => $"{span.TotalHours:0} h",
        _ => $"{span.TotalDays:0} days",
    };
}
