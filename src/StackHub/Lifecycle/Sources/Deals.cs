using StackHub.Lifecycle.Journeys;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Lifecycle.Sources;

/// <summary>
/// Opportunities in which the person has a role are open, won or lost, by the CRM's flags: what their stages are called does not matter. One
/// that was deleted says nothing any more, not even what it once said.
/// </summary>
public sealed class Deals : ILifecycleSource
{
    public IEnumerable<LifecycleEvent> Events(EventWriter writer) =>
        from deal in writer.File.Deals
        from link in deal.Links
        where link.Active
        let speaker = writer.Plan.Speakers.GetValueOrDefault(link.Ref.System)
        where speaker is { Deals: true }
        from turn in Turns(link, writer.File.Person)
        select Event(writer, speaker, deal.Id, link, turn.State, turn.At);

    /// <summary>The moments at which it became something else for this person.</summary>
    private static IEnumerable<(DealState State, DateTimeOffset At)> Turns(LinkedRecord link, RecordId person)
    {
        var (closed, won, contacts) = (Of(link, StageFields.IsClosed), Of(link, StageFields.IsWon), Of(link, "contacts"));
        var joinedAt = contacts.Where(said => References.Ids(said.Value).Contains(person.ToString())).Select(said => (DateTimeOffset?)said.At).FirstOrDefault();
        var before = DealState.None;
        foreach (var at in closed.Concat(won).Select(said => said.At).Append(joinedAt ?? DateTimeOffset.MaxValue).Where(at => at >= joinedAt).Distinct().Order())
        {
            var state = StateAt(closed, won, at);
            if (state != before && state != DealState.None)
                yield return (state, at);
            before = state;
        }
    }

    private static DealState StateAt(IReadOnlyList<Observation> closed, IReadOnlyList<Observation> won, DateTimeOffset at) => (At(closed, at), At(won, at)) switch
    {
        (_, "true") => DealState.Won,
        ("true", _) => DealState.Lost,
        (null, null) => DealState.None,
        _ => DealState.Open,
    };

    private static IReadOnlyList<Observation> Of(LinkedRecord link, string field) => link.Cell(field).State.Authored;

    private static string? At(IReadOnlyList<Observation> said, DateTimeOffset at) => said.LastOrDefault(one => one.At <= at).Value.Text;

    private static LifecycleEvent Event(EventWriter writer, StageSpeaker speaker, RecordId deal, LinkedRecord link, DealState state, DateTimeOffset at)
    {
        var stages = writer.Plan.Facts;
        var stage = state switch { DealState.Won => stages.Won, DealState.Lost => stages.Lost, _ => stages.Open };
        return writer.Event(link.Ref.System.Name, EventWriter.CellOf(link.Ref, StageFields.IsClosed), stage, speaker.Authority, at, deal.ToString(), state.ToString()) with { Deal = deal, DealState = state };
    }
}
