using StackHub.Lifecycle.Journeys;
using StackHub.Records;

namespace StackHub.Lifecycle.Sources;

/// <summary>Somebody asked for a demonstration, or the like: qualified at once.</summary>
public sealed class FastLanes : ILifecycleSource
{
    public IEnumerable<LifecycleEvent> Events(EventWriter writer) =>
        from lane in writer.Plan.FastLanes
        from link in writer.File.Record.Links
        from said in link.Cell(lane.Field).State.Authored
        where !said.Value.IsBlank && (lane.Values.IsEmpty || lane.Values.Contains(said.Value.Text!))
        select Event(writer, lane, link, said.At);

    private static LifecycleEvent Event(EventWriter writer, FastLane lane, LinkedRecord link, DateTimeOffset at) =>
        writer.Event($"fast lane {lane.Name}", EventWriter.CellOf(link.Ref, lane.Field), writer.Plan.Facts.Qualified, "hub", at, link.Ref.System.Name) with { Lane = lane.Name, EngagedAt = at };
}
