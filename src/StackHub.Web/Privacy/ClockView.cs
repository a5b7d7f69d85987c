using StackHub.Privacy;
using StackHub.Privacy.Clocks;

namespace StackHub.Web.Privacy;

/// <summary>What one law asks of a request.</summary>
/// <param name="Law">With the place whose calendar counts.</param>
/// <param name="Received">The local day.</param>
/// <param name="SafeDue">The end of the day by which it is done under every reading of the law.</param>
/// <param name="LegalDue">The end of the last day that the law can be read to allow.</param>
/// <param name="StandsFor">What the clock stands still for; absent while it runs.</param>
public sealed record ClockView(string Law, string Name, DateOnly Received, string Zone, DateView Complete, DateTimeOffset SafeDue, DateTimeOffset LegalDue, DateView? Acknowledge, DateView? IfExtended, DateOnly? ExtendedOn, string? StandsFor)
{
    public static ClockView Of(LawDue due, LawBook laws) => new(
        due.Row.Under.ToString(), laws[due.Row.Under.Law].Name, due.Row.Received, due.Row.Zone, DateView.Of(due.Row.Complete), due.SafeDue, due.LegalDue,
        DateView.OrNull(due.Row.Acknowledge), DateView.OrNull(due.Row.IfExtended), due.Row.ExtendedOn, due.Row.StandsFor is { } reason ? PrivacyWords.Of(reason) : null);
}

/// <summary>A date and how it was reckoned.</summary>
/// <param name="Explain">The whole reckoning as a sentence, with rule, calendar and versions.</param>
/// <param name="Assumed">The rule was not read in the law itself.</param>
public sealed record DateView(DateOnly Safe, DateOnly Legal, string Rule, string Calendar, string Explain, bool Assumed)
{
    public static DateView Of(ComputedDate date) => new(date.Safe, date.Legal, date.Rule, date.Calendar, date.Explain, date.Assumed);

    public static DateView? OrNull(ComputedDate? date) => date is null ? null : Of(date);
}
