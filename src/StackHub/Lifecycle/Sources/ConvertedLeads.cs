using StackHub.Lifecycle.Journeys;

namespace StackHub.Lifecycle.Sources;

/// <summary>A CRM converted a lead, by its own flag: several of its statuses may mean that, and their names say nothing.</summary>
public sealed class ConvertedLeads : ILifecycleSource
{
    public IEnumerable<LifecycleEvent> Events(EventWriter writer) =>
        from link in writer.File.Record.Links
        let speaker = writer.Plan.Speakers.GetValueOrDefault(link.Ref.System)
        where speaker is { Deals: true }
        from said in link.Cell(writer.Plan.Converted).State.Authored
        where said.Value.Text == "true"
        select writer.Event(link.Ref.System.Name, EventWriter.CellOf(link.Ref, writer.Plan.Converted), writer.Plan.Facts.Converted, speaker.Authority, said.At, writer.Plan.Converted);
}
