namespace StackHub.Privacy.Clocks;

/// <summary>From where a term is counted, by both readings of the law's pauses.</summary>
/// <param name="Safe">The day the safe reading begins with.</param>
/// <param name="Legal">The day the legal reading begins with.</param>
/// <param name="SafeDays">Days of waiting that the safe reading does not count.</param>
internal sealed record ClockStart(DateOnly Received, DateOnly Safe, DateOnly Legal, int SafeDays, int LegalDays, PauseReason? StandsFor)
{
    public static ClockStart On(DateOnly day) => new(day, day, day, 0, 0, null);

    public static ClockStart Of(ClockFacts facts, Law law, PublicHolidays holidays)
    {
        var received = holidays.DayOf(facts.ReceivedAt);
        var waits = facts.Pauses.Select(pause => Wait.Of(pause, law, holidays, received)).Where(wait => wait.Effect != PauseEffect.None).ToArray();
        return new(
            received,
            Latest(received, waits.Where(wait => wait.Effect == PauseEffect.Restart)),
            Latest(received, waits.Where(wait => wait.Effect is PauseEffect.Restart or PauseEffect.Either)),
            Days(waits.Where(wait => wait.Effect is PauseEffect.Suspend or PauseEffect.Either), Latest(received, waits.Where(wait => wait.Effect == PauseEffect.Restart))),
            Days(waits.Where(wait => wait.Effect == PauseEffect.Suspend), Latest(received, waits.Where(wait => wait.Effect is PauseEffect.Restart or PauseEffect.Either))),
            waits.Where(wait => wait.Open).Select(wait => (PauseReason?)wait.Reason).FirstOrDefault());
    }

    public ClockStart WithoutPauses() => On(Received);

    private static DateOnly Latest(DateOnly received, IEnumerable<Wait> waits) => waits.Select(wait => wait.Until).Append(received).Max();

    /// <summary>Days waited after the start, each once however many answers were awaited.</summary>
    private static int Days(IEnumerable<Wait> waits, DateOnly start)
    {
        var (days, counted) = (0, start);
        foreach (var wait in waits.OrderBy(wait => wait.From))
        {
            var from = wait.From > counted ? wait.From : counted;
            if (wait.Until <= from)
                continue;
            days += wait.Until.DayNumber - from.DayNumber;
            counted = wait.Until;
        }
        return days;
    }

    /// <summary>Without an answer nothing was waited yet that could be relied on.</summary>
    private sealed record Wait(PauseReason Reason, PauseEffect Effect, DateOnly From, DateOnly Until, bool Open)
    {
        public static Wait Of(ClockPause pause, Law law, PublicHolidays holidays, DateOnly received)
        {
            var asked = holidays.DayOf(pause.AskedAt);
            var answered = holidays.DayOf(pause.AnsweredAt ?? pause.AskedAt);
            return new(pause.Reason, law.Pauses.GetValueOrDefault(pause.Reason), asked < received ? received : asked, answered < received ? received : answered, pause.AnsweredAt is null);
        }
    }
}
