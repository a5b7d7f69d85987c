using System.Collections.Immutable;
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
    /// <param name="before">The clocks as they were.</param>
    public static ImmutableArray<SlaClock> Of(LifecyclePlan plan, ImmutableArray<Journey> journeys, IReadOnlyDictionary<string, LifecycleEvent> events, IReadOnlyCollection<DateTimeOffset> touches, ImmutableArray<SlaClock> before, DateTimeOffset now)
    {
        var known = before.ToDictionary(clock => clock.Key, StringComparer.Ordinal);
        var clocks = ImmutableArray.CreateBuilder<SlaClock>();
        foreach (var journey in journeys)
            foreach (var cycle in journey.Cycles)
                foreach (var entry in cycle.Entries.Where(entry => !entry.Inferred && Term(plan, entry, events) is not null))
                    if (Clock(plan, KeyOf(journey, cycle, entry), entry, events, known) is { } clock)
                        clocks.Add(At(plan.Machine[entry.Stage], clock, entry, touches, now));
        return clocks.DrainToImmutable();
    }

    private static string KeyOf(Journey journey, Cycle cycle, StageEntry entry) => $"{journey.Account?.ToString() ?? "none"}/{journey.Motion}/{cycle.Number}/{entry.Stage}";

    /// <summary>The clock as it was begun, with the calendar of that time; a new one for an entry that is one.</summary>
    private static SlaClock? Clock(LifecyclePlan plan, string key, StageEntry entry, IReadOnlyDictionary<string, LifecycleEvent> events, Dictionary<string, SlaClock> known)
    {
        if (known.TryGetValue(key, out var clock) && clock.StartedAt == entry.At && clock.Event == entry.Event)
            return clock with { MetAt = null }; // that it is kept follows from what is known now
        if (events[entry.Event].RecordedAt - entry.At > News)
            return null;
        return SlaClock.Start(key, entry.At, Term(plan, entry, events)!.Value, plan.Hours, plan.RemindBefore) with { Stage = entry.Stage, Event = entry.Event };
    }

    private static ServiceTerm? Term(LifecyclePlan plan, StageEntry entry, IReadOnlyDictionary<string, LifecycleEvent> events) =>
        (events.TryGetValue(entry.Event, out var said) && said.Lane is { } name ? plan.FastLanes.FirstOrDefault(lane => lane.Name == name)?.Within : null) ?? plan.Machine[entry.Stage].Within;

    private static SlaClock At(Stage stage, SlaClock clock, StageEntry entry, IReadOnlyCollection<DateTimeOffset> touches, DateTimeOffset now)
    {
        var done = entry.LeftAt;
        if (stage.MetByTouch && touches.Where(at => at >= clock.StartedAt).Order().Cast<DateTimeOffset?>().FirstOrDefault() is { } touch && !(done <= touch))
            done = touch;
        return done is { } at ? Sla.Touch(clock, at).Clock : Sla.Tick(clock, now).Clock;
    }
}
