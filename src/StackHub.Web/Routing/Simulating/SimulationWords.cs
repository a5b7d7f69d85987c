using System.Globalization;
using StackHub.Calendars;

namespace StackHub.Web.Routing.Simulating;

/// <summary>A simulation in words, for pages and the command line alike.</summary>
public static class SimulationWords
{
    /// <summary>"4 working hours", "1 day and 5 working days".</summary>
    public static string Term(ServiceTerm term) => string.Join(" and ", ((string?[])
    [
        term.ElapsedDays > 0 ? Count(term.ElapsedDays, "day") : null,
        term.WorkingDays > 0 ? Count(term.WorkingDays, "working day") : null,
        term.Working <= TimeSpan.Zero ? null : term.Working.TotalHours >= 1 ? Count(term.Working.TotalHours, "working hour") : Count(term.Working.TotalMinutes, "working minute"),
    ]).OfType<string>());

    /// <summary>"0.9996", or "n/a" where nobody got a lead.</summary>
    public static string Jain(SimulatedFairness? pool) => pool?.Jain?.ToString("0.00##", CultureInfo.InvariantCulture) ?? "n/a";

    public static string Deviation(SimulatedFairness? pool) => pool is null ? "n/a" : pool.MaxDeviation.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>How the pools stood at the window's start.</summary>
    public static string Start(SimulationView view) =>
        view.WarmUpFrom == view.From ? "Pools begin empty." : $"Pools begin as the rules in force leave them after the leads of the {Count(Math.Round((view.From - view.WarmUpFrom).TotalDays, 1), "day")} before.";

    /// <summary>How good a picture the replay is.</summary>
    public static string Likeness(SimulationView view) => $"The rules in force decide {view.Reproduced:N0} of {view.Routings - view.Unreplayable:N0} as it really was.";

    public static string Unreplayable(SimulationView view) =>
        $"{Count(view.Unreplayable, "routing")} cannot be decided again, since the person was erased or nothing was kept: {(view.Unreplayable == 1 ? "it stays as it was" : "they stay as they were")}.";

    public static string Assumed(AssumedView field) => $"Nobody asked about {field.Field} when {Count(field.Leads, "lead")} came: its value of now was used.";

    /// <summary>Said with every result.</summary>
    public const string NotCausal = "This is what would have been decided. What would have come of it nobody can know: leads are taken to be closed, taken and spoken to when they were.";

    public static string Owner(string? owner, bool waits) => owner ?? (waits ? "nobody, it waits" : "nobody");

    private static string Count(double count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:0.##} {one}{(count == 1 ? "" : "s")}");
}
