using StackHub.Lifecycle.Sources;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Lifecycle.Service;

/// <summary>An open opportunity, what its CRM calls its stage, and since when it is there.</summary>
public sealed record DealStanding(RecordId Deal, string Stage, DateTimeOffset Since)
{
    /// <summary>The open opportunities of a person's file in which they have a role. Pure: the newest word of a record that is still there counts.</summary>
    public static IEnumerable<DealStanding> Of(LifecyclePlan plan, PersonFile file) =>
        from deal in file.Deals
        from link in deal.Links
        where link.Active && plan.Speakers.GetValueOrDefault(link.Ref.System) is { Deals: true }
            && link.Cell(StageFields.IsClosed).State.Claim is { Value.Text: "false" }
            && References.Ids(link.Cell("contacts").State.Claim?.Value ?? FieldValue.Blank).Contains(file.Person.ToString())
        let stage = link.Cell(StageFields.DealStage).State.Claim
        where stage is { Value.IsBlank: false }
        select new DealStanding(deal.Id, stage.Value.Value.Text!, stage.Value.At);
}
