namespace StackHub.Privacy.Clocks;

/// <summary>A date that a law gives, with what made it, so that anybody can check it years later.</summary>
/// <param name="Safe">By the reading that leaves the least time: the one to work to.</param>
/// <param name="Legal">By the reading that leaves the most; the same where the law is clear.</param>
/// <param name="Explain">The whole reckoning as a sentence.</param>
public sealed record ComputedDate(DateOnly Safe, DateOnly Legal, string Law, int LawVersion, string Rule, string Calendar, int CalendarVersion, string Explain)
{
    /// <summary>The rule is a default that was not read in the law itself.</summary>
    public bool Assumed { get; init; }
}
