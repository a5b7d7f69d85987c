using System.Collections.Frozen;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Routing;

/// <summary>What routing wants to hear of: the fields that make a person a lead, or no lead any more.</summary>
public static class RoutingSubscription
{
    /// <param name="plan">Null hears nothing.</param>
    public static FlowSubscription Of(RoutingPlan? plan) => new(Queues.Routing, plan is null
        ? FrozenDictionary<RecordKind, FrozenSet<string>>.Empty
        : new Dictionary<RecordKind, FrozenSet<string>> { [RecordKind.Person] = plan.Scope.Reads }.ToFrozenDictionary());
}
