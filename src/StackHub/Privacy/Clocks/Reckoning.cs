using System.Globalization;

namespace StackHub.Privacy.Clocks;

/// <summary>Counts terms under one law from one start, and says how.</summary>
internal sealed record Reckoning(Law Law, PublicHolidays Holidays, ClockStart Start)
{
    private const string Disclaimer = "Computed to plan work; not legal advice.";

    public ComputedDate Date(Term term, string rule, bool assumed)
    {
        var safe = Safe(term);
        var legal = Legal(term);
        // Both readings move the last day; the earlier of two is the safe one whatever moved it.
        return new(safe < legal ? safe : legal, safe < legal ? legal : safe, Law.Id, Law.Version, rule, Holidays.Name, Holidays.Version, Explain(term, rule, assumed, safe, legal)) { Assumed = assumed };
    }

    private DateOnly Safe(Term term) => Rolled(term.Unit switch
    {
        TermUnit.Months => Start.Safe.AddMonths(term.Count),
        TermUnit.Days => Start.Safe.AddDays(term.Count - (Law.FirstDayMayCount ? 1 : 0)),
        _ => BusinessDays(Start.Safe, term.Count, PublicHolidays.IsWeekday),
    }, Start.SafeDays);

    private DateOnly Legal(Term term) => Rolled(term.Unit switch
    {
        TermUnit.Months => Start.Legal.AddMonths(term.Count),
        TermUnit.Days => Start.Legal.AddDays(term.Count),
        _ => BusinessDays(Start.Legal, term.Count, Holidays.IsWorkingDay),
    }, Start.LegalDays);

    private DateOnly Rolled(DateOnly day, int waited) => Law.Rolls ? Holidays.RollForward(day.AddDays(waited)) : day.AddDays(waited);

    private static DateOnly BusinessDays(DateOnly day, int count, Func<DateOnly, bool> counts)
    {
        for (var left = count; left > 0; left -= counts(day) ? 1 : 0)
            day = day.AddDays(1);
        return day;
    }

    private string Explain(Term term, string rule, bool assumed, DateOnly safe, DateOnly legal)
    {
        var waited = (Start.Safe, Start.SafeDays) switch
        {
            (var from, _) when from > Start.Received && Start.StandsFor is not null => $", counted from {Text(from)} at the earliest, since the person has not answered yet",
            (var from, _) when from > Start.Received => $", counted from {Text(from)}, when the person's answer came",
            (_, > 0 and var days) => $", {days} days of waiting for the person not counted",
            _ => "",
        };
        var dates = safe == legal ? Text(safe) : $"{Text(safe)} to be safe, {Text(legal)} at the latest";
        return $"{dates}: {term} from {Text(Start.Received)} ({Holidays.Zone.Id}){waited}, under {Law.Name} version {Law.Version} ({rule}), {Moved()}."
            + (assumed ? " This rule is an assumed default: check it before you rely on it." : "")
            + $" {Disclaimer}";
    }

    private string Moved() => Law.Rolls
        ? $"a last day on a weekend or holiday moved on by calendar {Holidays.Name} version {Holidays.Version}"
        : $"no day moved; calendar {Holidays.Name} version {Holidays.Version}";

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
