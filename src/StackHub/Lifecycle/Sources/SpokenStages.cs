using StackHub.Lifecycle.Journeys;
using StackHub.Records;

namespace StackHub.Lifecycle.Sources;

/// <summary>A system says the stage of a person, in its own words. A word nobody mapped is kept as it is.</summary>
public sealed class SpokenStages : ILifecycleSource
{
    public IEnumerable<LifecycleEvent> Events(EventWriter writer) =>
        from link in writer.File.Record.Links
        let speaker = writer.Plan.Speakers.GetValueOrDefault(link.Ref.System)
        where speaker is { SpeaksOfAccounts: false }
        from said in link.Cell(speaker.HeardIn(link)).State.Authored
        where !said.Value.IsBlank
        select Event(writer, speaker, link, said);

    private static LifecycleEvent Event(EventWriter writer, StageSpeaker speaker, LinkedRecord link, Observation said)
    {
        var word = said.Value.Text!;
        var heard = writer.Event(link.Ref.System.Name, EventWriter.CellOf(link.Ref, speaker.HeardIn(link)), writer.Plan.StageOf(speaker, word) ?? word, speaker.Authority, said.At, speaker.Field, word);
        return heard with
        {
            Reason = Beside(link, speaker.Reason, said.At),
            RevisitAt = EventWriter.TimeOf(Beside(link, speaker.Revisit, said.At)),
            ExpiresAt = EventWriter.TimeOf(Beside(link, speaker.Expires, said.At)),
        };
    }

    /// <summary>What the record there said of the stage when it was set, or as soon as it said something: forms send their fields one by one.</summary>
    private static string? Beside(LinkedRecord link, string? field, DateTimeOffset at)
    {
        if (field is null)
            return null;
        var authored = link.Cell(field).State.Authored;
        return (authored.LastOrDefault(said => said.At <= at) is { Value.IsBlank: false } held ? held : authored.FirstOrDefault(said => said.At > at)).Value.Text;
    }
}
