using System.Collections.Immutable;

namespace StackHub.Privacy.Clocks;

/// <summary>When a request is due under each law: pure, and never from the machine's own clock, zone or culture.</summary>
public static class RequestClock
{
    /// <summary>A row for each law that gives such a right, in the order given; the others have none.</summary>
    public static ImmutableArray<ClockRow> Rows(ClockFacts facts, IEnumerable<LawPlace> laws, LawBook book) =>
        [.. laws.Select(law => Row(facts, law, book)).OfType<ClockRow>()];

    /// <summary>The row to work to: the earliest safe date.</summary>
    public static ClockRow? Earliest(IEnumerable<ClockRow> rows) => rows.MinBy(row => (row.Complete.Safe, row.Complete.Legal));

    /// <summary>Null when the law gives no such right.</summary>
    public static ClockRow? Row(ClockFacts facts, LawPlace under, LawBook book)
    {
        var (law, holidays) = (book[under.Law], book.Holidays[under.Place]);
        if (law.TermFor(facts.Kind) is not { } term)
            return null;
        var start = ClockStart.Of(facts, law, holidays);
        var counted = new Reckoning(law, holidays, start);
        var complete = counted.Date(term.Complete, term.Rule, term.Assumed);
        var extended = term.Extended is { } longer ? counted.Date(longer, $"{term.Rule}; extended", term.Assumed || term.ExtendedAssumed) : null;
        var notice = extended is null ? null : InTime(facts, law, holidays, complete);
        return new(under, facts.Kind, start.Received, holidays.Zone.Id, notice is null ? complete : extended!)
        {
            Acknowledge = term.Acknowledge is { } acknowledge ? (counted with { Start = start.WithoutPauses() }).Date(acknowledge, term.Rule, term.Assumed) : null,
            IfExtended = notice is null ? extended : null,
            ExtendedOn = notice,
            StandsFor = start.StandsFor,
        };
    }

    /// <summary>Whether a notice sent then extends the term. A granted one becomes part of the facts.</summary>
    public static ExtensionDecision Extend(ClockFacts facts, ExtensionNotice notice, LawPlace under, LawBook book)
    {
        if (Row(facts, under, book) is not { } row)
            return new ExtensionDecision.Refused(ExtensionRefusal.NoSuchRight, $"{book[under.Law].Name} gives no right to {PrivacyRequestKinds.Of(facts.Kind)}.");
        if (row.ExtendedOn is { } already)
            return new ExtensionDecision.Refused(ExtensionRefusal.AlreadyExtended, $"It was extended on {already:yyyy-MM-dd}, and {book[under.Law].Name} extends once: due by {row.Complete.Legal:yyyy-MM-dd} at the latest.");
        if (row.IfExtended is null)
            return new ExtensionDecision.Refused(ExtensionRefusal.NotExtendable, $"{book[under.Law].Name} has no extension for {PrivacyRequestKinds.Of(facts.Kind)}.");
        if (string.IsNullOrWhiteSpace(notice.Reason))
            return new ExtensionDecision.Refused(ExtensionRefusal.NoReason, "The notice has to say why it takes longer.");
        var extended = Row(facts with { Extensions = facts.Extensions.Add(notice with { Law = book[under.Law].Id }) }, under, book)!;
        return extended.ExtendedOn is null
            ? new ExtensionDecision.Refused(ExtensionRefusal.Late, $"The notice went out after {row.Complete.Legal:yyyy-MM-dd} ({row.Zone}), when the first term was over: the due date stays, and it was missed.")
            : new ExtensionDecision.Granted(extended);
    }

    /// <summary>When an appeal that came in then has to be answered; null where the law has none.</summary>
    public static ComputedDate? Appeal(LawPlace under, DateTimeOffset appealedAt, LawBook book) => book[under.Law] is { Appeal: { } appeal } law
        ? On(law, under, appealedAt, book).Date(appeal.Within, appeal.Rule, appeal.Assumed)
        : null;

    /// <summary>A row for each law that says by when an appeal is answered; the others have none.</summary>
    public static ImmutableArray<ClockRow> AppealRows(PrivacyRequestKind kind, DateTimeOffset appealedAt, IEnumerable<LawPlace> laws, LawBook book) =>
        [.. laws.Select(under => Appeal(under, appealedAt, book) is { } by && book.Holidays[under.Place] is var holidays ? new ClockRow(under, kind, holidays.DayOf(appealedAt), holidays.Zone.Id, by) : null).OfType<ClockRow>()];

    /// <summary>The first day on which the record of a request may go; null where the law names no term.</summary>
    public static ComputedDate? KeepUntil(LawPlace under, DateTimeOffset answeredAt, LawBook book) => book[under.Law] is { KeepRecords: { } keep } law
        ? On(law, under, answeredAt, book).Date(keep, $"records are kept {keep} after the answer", law.KeepRecordsAssumed)
        : null;

    /// <summary>The first day on which somebody who opted out may be asked to opt in again; null where the law names no term.</summary>
    public static ComputedDate? NoOptInBefore(LawPlace under, DateTimeOffset optedOutAt, LawBook book) => book[under.Law] is { NoOptIn: { } quiet } law
        ? On(law, under, optedOutAt, book).Date(quiet, $"no prompt to opt in for {quiet} after an opt-out", assumed: true)
        : null;

    /// <summary>When the regulator's list has to be fetched next; null where the law has none. Before its first day, that day.</summary>
    public static ComputedDate? NextPull(LawPlace under, DateTimeOffset pulledAt, LawBook book)
    {
        if (book[under.Law] is not { PullEvery: { } every } law)
            return null;
        var next = On(law, under, pulledAt, book).Date(every, $"the list is fetched at least every {every}", assumed: false);
        return law.PullFrom is { } first && next.Safe < first ? next with { Safe = first, Legal = first } : next;
    }

    private static Reckoning On(Law law, LawPlace under, DateTimeOffset moment, LawBook book)
    {
        var holidays = book.Holidays[under.Place];
        return new(law, holidays, ClockStart.On(holidays.DayOf(moment)));
    }

    /// <summary>The day of the first notice that came with a reason and before the first term was over.</summary>
    private static DateOnly? InTime(ClockFacts facts, Law law, PublicHolidays holidays, ComputedDate due)
    {
        foreach (var notice in facts.Extensions.Where(notice => notice.Law == law.Id && !string.IsNullOrWhiteSpace(notice.Reason)).OrderBy(notice => notice.SentAt))
            if (holidays.DayOf(notice.SentAt) is var day && day <= due.Legal)
                return day;
        return null;
    }
}
