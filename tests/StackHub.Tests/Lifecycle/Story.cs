using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;
using StackHub.Records;

namespace StackHub.Tests.Lifecycle;

/// <summary>What was said of one person in 2026, and the journeys that come of it.</summary>
internal sealed class Story
{
    public static readonly RecordId Person = RecordId.Parse("0198c0de00007000800000000000000a");
    private readonly List<LifecycleEvent> events = [];

    public IReadOnlyList<LifecycleEvent> Events => events;

    public static DateTimeOffset At(int month, int day, int hour = 0, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);

    public static LifecycleEvent Event(string id, string stage, string authority, DateTimeOffset at) => new(id, Person, stage, authority, at, at.AddSeconds(1));

    public Story Says(string authority, string stage, DateTimeOffset at, Func<LifecycleEvent, LifecycleEvent>? with = null)
    {
        var said = Event($"e{events.Count + 1:D2}", stage, authority, at);
        events.Add(with is null ? said : with(said));
        return this;
    }

    public Journey Journey(Motion? motion = null) => JourneyFold.Of(LifecycleMachine.Default, events).Single(journey => journey.Motion == (motion ?? Motion.New));

    /// <summary>To mql on 1 May.</summary>
    public static Story Qualified() => new Story().Says("map", "inquiry", At(4, 20)).Says("map", "mql", At(5, 1));

    /// <summary>To customer on 1 June.</summary>
    public static Story Won() => Qualified().Says("crm", "opportunity", At(5, 10)).Says("crm", "customer", At(6, 1));
}
