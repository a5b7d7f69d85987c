using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using StackHub.Calendars;
using StackHub.Records;

namespace StackHub.Lifecycle.Service;

/// <summary>What a clock counts.</summary>
public enum ClockKind
{
    /// <summary>Time until somebody takes the person on, or speaks to them.</summary>
    Stage,

    /// <summary>Attempts to reach the person.</summary>
    Attempts,

    /// <summary>How long an opportunity stays in one of its stages. Whose lead it is does not hang on that.</summary>
    Ageing,
}

/// <summary>A promise that runs: what is due, by when, and what became of it.</summary>
/// <param name="Key">Person, motion, cycle and stage: one promise an entry.</param>
/// <param name="DueAt">Fixed when it began, by the calendar in force then.</param>
public sealed record SlaClock(string Key, DateTimeOffset StartedAt, DateTimeOffset DueAt, string Calendar)
{
    /// <summary>The stage in which somebody waits.</summary>
    public string Stage { get; init; } = "";

    public ClockKind Kind { get; init; }

    /// <summary>The times of attempts to reach the person, each once: cells forget them sooner than the promise ends.</summary>
    public ImmutableArray<DateTimeOffset>? Attempts { get; init; }

    /// <summary>How many attempts are promised.</summary>
    public int Needed { get; init; }

    /// <summary>The opportunity that grows old, and what the CRM calls its stage.</summary>
    public RecordId? Deal { get; init; }

    public string? DealStage { get; init; }

    /// <summary>What began it: a demonstration somebody asks for is due sooner than a score.</summary>
    public string Event { get; init; } = "";

    /// <summary>When somebody is to be reminded; null for never.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public DateTimeOffset? BreachedAt { get; init; }

    public DateTimeOffset? MetAt { get; init; }

    /// <summary>Why a breach that was told is none; null while none was taken back.</summary>
    public string? Reversal { get; init; }

    [JsonIgnore]
    public bool IsRunning => MetAt is null && BreachedAt is null;

    [JsonIgnore]
    public bool IsBroken => MetAt is null && BreachedAt is not null;

    /// <summary>What is promised, in words: "mql", "sal, 3 of 6 attempts", "opportunity in Negotiation".</summary>
    [JsonIgnore]
    public string What => Kind switch
    {
        ClockKind.Attempts => string.Create(CultureInfo.InvariantCulture, $"{Stage}, {(Attempts ?? []).Count(at => at <= DueAt)} of {Needed} attempts"),
        ClockKind.Ageing => $"{Stage} in {DealStage}",
        _ => Stage,
    };

    /// <summary>The next moment at which it has to be looked at; null when there is none.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextAt => !IsRunning ? null : RemindAt is { } remind && RemindedAt is null ? remind : DueAt;

    public static SlaClock Start(string key, DateTimeOffset at, ServiceTerm term, BusinessCalendar calendar, TimeSpan remindBefore = default) =>
        new(key, at, term.DueAfter(at, calendar), $"{calendar.Zone.Id} {calendar.Holidays.Name} v{calendar.Holidays.Version}")
        {
            RemindAt = remindBefore > TimeSpan.Zero && term.Working > remindBefore ? (term with { Working = term.Working - remindBefore }).DueAfter(at, calendar) : null,
        };
}

/// <summary>What a clock makes of the time, or of a touch.</summary>
public abstract record SlaDecision(SlaClock Clock)
{
    /// <summary>Nothing new: not due yet, met, or told before.</summary>
    public sealed record Nothing(SlaClock Clock) : SlaDecision(Clock);

    /// <summary>It is soon too late.</summary>
    public sealed record Reminded(SlaClock Clock) : SlaDecision(Clock);

    public sealed record Breached(SlaClock Clock) : SlaDecision(Clock);

    public sealed record Met(SlaClock Clock) : SlaDecision(Clock);

    /// <summary>A touch from before the due time came to light after the breach was told: what followed from it is taken back.</summary>
    public sealed record Reversed(SlaClock Clock, string Reason) : SlaDecision(Clock);
}

/// <summary>Decides over clocks. A timer that fires twice finds its breach told.</summary>
public static class Sla
{
    public static SlaDecision Tick(SlaClock clock, DateTimeOffset now)
    {
        if (!clock.IsRunning)
            return new SlaDecision.Nothing(clock);
        if (now > clock.DueAt)
            return new SlaDecision.Breached(clock with { BreachedAt = now });
        return now > clock.RemindAt && clock.RemindedAt is null ? new SlaDecision.Reminded(clock with { RemindedAt = now }) : new SlaDecision.Nothing(clock);
    }

    /// <param name="at">When the touch happened; when the hub hears of it does not matter.</param>
    public static SlaDecision Touch(SlaClock clock, DateTimeOffset at)
    {
        if (clock.MetAt <= at || at < clock.StartedAt)
            return new SlaDecision.Nothing(clock);
        var touched = clock with { MetAt = at };
        if (clock.BreachedAt is null || at > clock.DueAt)
            return at > clock.DueAt && clock.BreachedAt is null ? new SlaDecision.Breached(touched with { BreachedAt = at }) : new SlaDecision.Met(touched);
        var reason = string.Create(CultureInfo.InvariantCulture, $"done {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, before it was due");
        return new SlaDecision.Reversed(touched with { BreachedAt = null, Reversal = reason }, reason);
    }
}
