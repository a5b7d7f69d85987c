using StackHub.Audit.Planning;

namespace StackHub.Web.Audit;

/// <summary>What keeping one tool and dropping another would save and break. What is not known is absent.</summary>
/// <param name="Saving">A year.</param>
/// <param name="BreakingFlows">Flows of the dropped tool, and those that feed only it.</param>
/// <param name="FlowsWithLess">Flows that feed others too, and go on.</param>
/// <param name="FieldsWithoutSource">Fields that nothing else writes.</param>
/// <param name="RecordsOnlyDropHas">People whom the kept tool does not have.</param>
public sealed record ConsolidationView(string Keep, string Drop, decimal? Saving, decimal? Cost, decimal? MoreSeatsCost, string Currency, int? PeopleToMove, int? MoreSeats, IReadOnlyList<string> BreakingFlows, IReadOnlyList<string> FlowsWithLess, IReadOnlyList<string> FieldsWithoutSource, long? RecordsOnlyDropHas, IReadOnlyList<string> CapabilitiesLost)
{
    public static ConsolidationView Of(Consolidation what) => new(what.Keep.Text, what.Drop.Text, what.Saving, what.Cost, what.MoreSeatsCost, what.Currency, what.PeopleToMove, what.MoreSeats, what.BreakingFlows, what.FlowsWithLess, what.FieldsWithoutSource, what.RecordsOnlyDropHas, what.CapabilitiesLost);
}
