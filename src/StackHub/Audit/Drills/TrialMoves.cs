using System.Globalization;
using StackHub.Connecting;

namespace StackHub.Audit.Drills;

/// <summary>What becomes of a trial by an answer: pure.</summary>
public static class TrialMoves
{
    /// <summary>As long a vendor may take to make somebody and to show them.</summary>
    public static readonly TimeSpan MakeWithin = TimeSpan.FromDays(1);

    /// <summary>The month of Art. 12 GDPR, where the vendor names no time of its own.</summary>
    private static readonly TimeSpan GoneWithin = TimeSpan.FromDays(30);

    /// <summary>So much longer than promised it is looked for, to tell late from never.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static Trial Made(this Trial trial, WriteOutcome outcome, DateTimeOffset now) => outcome switch
    {
        WriteOutcome.Stored stored => trial.On(now) with { Record = stored.Ref.Id },
        WriteOutcome.Existing existing => trial.On(now) with { Record = existing.Ref.Id }, // its address is nobody else's: an answer was lost
        WriteOutcome.Refused refused => trial.Ended($"the synthetic person was refused ({refused.Code})", now),
        WriteOutcome.Retry retry => trial.Again($"the synthetic person could not be made ({retry.Code})", retry.After, null, now),
        _ => trial.Ended("the synthetic person could not be made", now),
    };

    public static Trial Seen(this Trial trial, bool isThere, DateTimeOffset now) =>
        isThere ? trial.On(now) with { FoundAt = now } : trial.Again("the synthetic person was made and cannot be seen", null, null, now);

    public static Trial Answered(this Trial trial, ErasureOutcome outcome, TimeSpan? promised, DateTimeOffset now) => outcome switch
    {
        ErasureOutcome.Confirmed or ErasureOutcome.NotFound => trial.On(now) with { ConfirmedAt = now },
        ErasureOutcome.Accepted accepted => (trial with { Ticket = accepted.Ticket, Tries = 0 }).Again("the vendor took the erasure and does not say that it is done", accepted.After, promised, now),
        ErasureOutcome.Requested requested => trial.Again("the vendor does not say that it took the erasure", requested.After, promised, now),
        ErasureOutcome.Refused refused => trial.Ended($"the vendor refused the erasure ({refused.Code})", now),
        _ => trial.Again("the vendor's answer is not known", null, promised, now),
    };

    public static Trial LookedFor(this Trial trial, bool isThere, TimeSpan? promised, DateTimeOffset now) => isThere
        ? trial.Again("the synthetic person can still be found", null, promised, now)
        : trial.On(now) with { GoneAt = now, EndedAt = now };

    /// <summary>Its call got no answer.</summary>
    public static Trial Unanswered(this Trial trial, TimeSpan? after, TimeSpan? promised, DateTimeOffset now) => trial.Again("the vendor cannot be reached", after, promised, now);

    /// <summary>What those who judge tools are told; null while it goes on, and when there was nobody to erase.</summary>
    public static DrillResult? Result(this Trial trial) => trial.Stage switch
    {
        TrialStage.Passed => new(trial.EndedAt!.Value, true, (int)trial.Took!.Value.TotalDays, null),
        TrialStage.Failed => new(trial.EndedAt!.Value, false, null, trial.Failure),
        _ => null,
    };

    private static Trial On(this Trial trial, DateTimeOffset now) => trial with { Tries = 0, NextAt = now };

    private static Trial Ended(this Trial trial, string why, DateTimeOffset now) => trial with { EndedAt = now, Failure = why };

    private static Trial Again(this Trial trial, string why, TimeSpan? after, TimeSpan? promised, DateTimeOffset now)
    {
        if (trial.AskedAt is null && now >= trial.StartedAt + MakeWithin)
            return trial.Ended(why, now);
        if (trial.AskedAt is { } asked && now >= asked + Longer(promised) + Grace)
            return trial.Ended(string.Create(CultureInfo.InvariantCulture, $"{why}, {(int)(now - asked).TotalDays} days after it was asked for"), now);
        return trial with { Tries = trial.Tries + 1, NextAt = now + Later(after ?? Pause(trial.Tries)) };
    }

    private static TimeSpan Longer(TimeSpan? promised) => promised > GoneWithin ? promised.Value : GoneWithin;

    private static TimeSpan Later(TimeSpan wanted) => wanted < First ? First : wanted;

    private static TimeSpan Pause(int tries) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(tries, 20)));
}
