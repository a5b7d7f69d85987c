namespace StackHub.Calendars;

/// <summary>How long something may take: elapsed days first (24 hours each, as LeadAngel counts them), then working days, then working time.</summary>
public readonly record struct ServiceTerm(int ElapsedDays, int WorkingDays, TimeSpan Working)
{
    public static ServiceTerm Hours(double working) => new(0, 0, TimeSpan.FromHours(working));

    public static ServiceTerm Minutes(double working) => new(0, 0, TimeSpan.FromMinutes(working));

    public static ServiceTerm Days(int working) => new(0, working, TimeSpan.Zero);

    public DateTimeOffset DueAfter(DateTimeOffset start, BusinessCalendar calendar)
    {
        var elapsed = start.AddDays(ElapsedDays);
        return calendar.Add(WorkingDays > 0 ? calendar.AddDays(elapsed, WorkingDays) : elapsed, Working);
    }
}
