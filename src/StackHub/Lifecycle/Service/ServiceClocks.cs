using System.Collections.Immutable;
using System.Globalization;
using StackHub.Calendars;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;

namespace StackHub.Lifecycle.Service;

/// <summary>
/// The promises of a person's journeys: begun when a stage with a term was entered, kept when it was left or, where that is enough, when
/// somebody spoke to the person. Pure: what is heard late is judged by when it happened.
/// </summary>
public static class ServiceClocks
{
    /// <summary>What is older than this when the hub first hears of it was imported, and promises nothing.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(7);

    /// <param name="touches">When somebody spoke to the person.</param>
    /// <param name="deals">Open opportunities of the person, and since when each is in its stage.</param>
    /// <param name="before">The clocks as they were.</param>
    public static ImmutableArray<SlaClock> Of(LifecyclePlan plan, ImmutableArray<Journey> journeys, IReadOnlyDictionary<string, LifecycleEvent> events, IReadOnlyCollection<DateTimeOffset> touches, IEnumerable<DealStanding> deals, ImmutableArray<SlaClock> before, DateTimeOffset now)
    {
        var known = before.ToDictionary(clock => clock.Key, StringComparer.Ordinal);
        var clocks = ImmutableArray.CreateBuilder<SlaClock>();
        foreach (var journey in journeys)
            foreach (var cycle in journey.Cycles)
                foreach (var entry in cycle.Entries.Where(entry => !entry.Inferred))
                    clocks.AddRange(OfEntry(plan, KeyOf(journey, cycle, entry), entry, events, known, touches, now));
        clocks.AddRange(deals.DistinctBy(deal => (deal.Deal, deal.Since)).Select(deal => Ageing(plan, deal, known, now)).OfType<SlaClock>());
        return clocks.DrainToImmutable();
    }

    private static IEnumerable<SlaClock> OfEntry(LifecyclePlan plan, string key, StageEntry entry, IReadOnlyDictionary<string, LifecycleEvent> events, Dictionary<string, SlaClock> known, IReadOnlyCollection<DateTimeOffset> touches, DateTimeOffset now)
    {
        var stage = plan.Machine[entry.Stage];
        if (Term(plan, entry, events) is { } term && Clock(plan, key, entry, term, events, known) is { } clock)
            yield return At(stage, clock, entry, touches, now);
        if (stage.Attempts is { } rule && plan.Touch is not null && Clock(plan, $"{key}/attempts", entry, ServiceTerm.Days(rule.WorkingDays), events, known) is { } counted)
            yield return Counted(counted with { Kind = ClockKind.Attempts, Needed = rule.Count }, entry, touches, now);
    }

    private static string KeyOf(Journey journey, Cycle cycle, StageEntry entry) => $"{journey.Account?.ToString() ?? "none"}/{journey.Motion}/{cycle.Number}/{entry.Stage}";

    /// <summary>The clock as it was begun, with the calendar of that time; a new one for an entry that is one.</summary>
    private static SlaClock? Clock(LifecyclePlan plan, string key, StageEntry entry, ServiceTerm term, IReadOnlyDictionary<string, LifecycleEvent> events, Dictionary<string, SlaClock> known)
    {
        if (known.TryGetValue(key, out var clock) && clock.StartedAt == entry.At && clock.Event == entry.Event)
            return clock with { MetAt = null }; // that it is kept follows from what is known now
        if (events[entry.Event].RecordedAt - entry.At > News)
            return null;
        return SlaClock.Start(key, entry.At, term, plan.Hours, plan.RemindBefore) with { Stage = entry.Stage, Event = entry.Event };
    }

    private static ServiceTerm? Term(LifecyclePlan plan, StageEntry entry, IReadOnlyDictionary<string, LifecycleEvent> events) =>
        (events.TryGetValue(entry.Event, out var said) && said.Lane is { } name ? plan.FastLanes.FirstOrDefault(lane => lane.Name == name)?.Within : null) ?? plan.Machine[entry.Stage].Within;

    private static SlaClock At(Stage stage, SlaClock clock, StageEntry entry, IReadOnlyCollection<DateTimeOffset> touches, DateTimeOffset now)
    {
        var done = entry.LeftAt;
        if (stage.MetByTouch && touches.Where(at => at >= clock.StartedAt).Order().Cast<DateTimeOffset?>().FirstOrDefault() is { } touch && !(done <= touch))
            done = touch;
        return Judged(clock, done, now);
    }

    /// <summary>Kept by the last attempt that was promised, or by leaving the stage.</summary>
    private static SlaClock Counted(SlaClock clock, StageEntry entry, IReadOnlyCollection<DateTimeOffset> touches, DateTimeOffset now)
    {
        ImmutableArray<DateTimeOffset> attempts = [.. (clock.Attempts ?? []).Concat(touches).Where(at => at >= clock.StartedAt).Distinct().Order()];
        var done = attempts.Length >= clock.Needed ? attempts[clock.Needed - 1] : (DateTimeOffset?)null;
        return Judged(clock with { Attempts = attempts.IsEmpty ? null : [.. attempts.Take(clock.Needed)] }, entry.LeftAt < done || done is null ? entry.LeftAt : done, now);
    }

    /// <summary>Runs as long as the opportunity is in the stage; leaving it ends the clock.</summary>
    private static SlaClock? Ageing(LifecyclePlan plan, DealStanding deal, Dictionary<string, SlaClock> known, DateTimeOffset now)
    {
        if (plan.AgeingOf(deal.Stage) is not { } days)
            return null;
        var key = string.Create(CultureInfo.InvariantCulture, $"deal/{deal.Deal}/{deal.Since.UtcTicks}");
        var clock = known.GetValueOrDefault(key) ?? SlaClock.Start(key, deal.Since, ServiceTerm.Days(days), plan.Hours);
        return Sla.Tick(clock with { Stage = plan.Facts.Open, Kind = ClockKind.Ageing, Deal = deal.Deal, DealStage = deal.Stage }, now).Clock;
    }

    private static SlaClock Judged(SlaClock clock, DateTimeOffset? done, DateTimeOffset now) => done is { } at ? Sla.Touch(clock, at).Clock : Sla.Tick(clock, now).Clock;
}
