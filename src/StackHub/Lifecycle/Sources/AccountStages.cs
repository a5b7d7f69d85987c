using StackHub.Lifecycle.Journeys;

namespace StackHub.Lifecycle.Sources;

/// <summary>A system says the stage of an account, such as a subscription that begins or ends: it holds for those with a role in one of its opportunities.</summary>
public sealed class AccountStages : ILifecycleSource
{
    public IEnumerable<LifecycleEvent> Events(EventWriter writer) =>
        writer.File.Account is not { } account || !writer.File.Deals.Any(deal => deal.Links.Any(link => link.Active))
            ? []
            : from link in account.Links
              let speaker = writer.Plan.Speakers.GetValueOrDefault(link.Ref.System)
              where speaker is { SpeaksOfAccounts: true }
              from said in link.Cell(speaker.OwnField).State.Authored
              where !said.Value.IsBlank
              let stage = writer.Plan.StageOf(speaker, said.Value.Text!) ?? said.Value.Text!
              select writer.Event(link.Ref.System.Name, EventWriter.CellOf(link.Ref, speaker.OwnField), stage, speaker.Authority, said.At, account.Id.ToString(), speaker.Field, said.Value.Text!) with { Account = account.Id };
}
