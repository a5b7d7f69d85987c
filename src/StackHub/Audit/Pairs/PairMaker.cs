using StackHub.Audit.Inventory;

namespace StackHub.Audit.Pairs;

/// <summary>All that is said of one pair.</summary>
internal sealed class PairMaker(AuditView view, PairTools tools)
{
    public PairOverlap Make(int first, int second)
    {
        var (one, other) = (tools.All[first], tools.All[second]);
        var (capabilities, records, fields, users) = (tools.CapabilityOverlap(first, second), tools.RecordOverlap(first, second), tools.FieldOverlap(first, second), tools.UserOverlap(first, second));
        var (redundancy, measured) = RedundancyScore.Of(capabilities?.Containment, records?.Containment, fields?.Containment, users?.Containment);
        return new(one.Id, other.Id, redundancy, measured, RedundancyScore.Verdict(redundancy, measured, one.ActivatedIsAssumed || other.ActivatedIsAssumed, view.Settings))
        {
            Capabilities = capabilities,
            Records = records,
            Fields = fields,
            Users = users,
            Events = tools.EventOverlap(first, second),
            Contained = ContainedOf(one, other),
            Keep = KeepScore.Better(one, other, view),
            Intended = view.Stack.IntentionalPairs.FirstOrDefault(pair => pair.Covers(one.Id, other.Id, view.Stack.Today)),
            SharedCapabilities = [.. one.Activated.Intersect(other.Activated)],
        };
    }

    private static ToolId? ContainedOf(Tool one, Tool other) =>
        one.Activated.IsProperSubsetOf(other.Activated) && one.Activated.Count > 0 ? one.Id
        : other.Activated.IsProperSubsetOf(one.Activated) && other.Activated.Count > 0 ? other.Id
        : null;
}
