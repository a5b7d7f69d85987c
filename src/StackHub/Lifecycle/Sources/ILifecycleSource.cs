using StackHub.Lifecycle.Journeys;

namespace StackHub.Lifecycle.Sources;

/// <summary>One kind of news about stages. Pure: the same record gives the same events, whenever and in whatever order it came about.</summary>
public interface ILifecycleSource
{
    IEnumerable<LifecycleEvent> Events(EventWriter writer);
}

/// <summary>Every source; the order means nothing.</summary>
public static class LifecycleSources
{
    public static readonly IReadOnlyList<ILifecycleSource> All = [new SpokenStages(), new AccountStages(), new ConvertedLeads(), new Deals(), new Scores(), new FastLanes()];

    public static IEnumerable<LifecycleEvent> Events(EventWriter writer) => All.SelectMany(source => source.Events(writer));
}
