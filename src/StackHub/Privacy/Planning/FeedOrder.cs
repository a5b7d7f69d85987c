using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>
/// In which order a person is erased: whoever feeds others comes first, or a source would fill again what was emptied. Tools' roles come
/// first, since many feed each other behind the hub's back (Salesforce makes Marketo's leads anew); among equals the maps decide.
/// </summary>
public static class FeedOrder
{
    /// <summary>A system waits for all of lower stages.</summary>
    public static IReadOnlyDictionary<SystemId, int> Stages(HubModel model)
    {
        var stages = new Dictionary<SystemId, int>();
        var first = 0;
        foreach (var role in model.Systems.Values.GroupBy(system => VendorErasure.Of(system.Connector).Role).OrderBy(role => role.Key))
        {
            foreach (var (system, stage) in Within([.. role], model))
                stages[system] = first + stage;
            first = stages.Values.Max() + 1;
        }
        return stages;
    }

    /// <summary>By net authority; two that feed each other alike go together.</summary>
    private static IEnumerable<(SystemId, int)> Within(IReadOnlyList<SystemModel> systems, HubModel model)
    {
        SystemModel[] ordered = [.. systems.OrderByDescending(system => systems.Sum(other => Feeds(system, other, model) - Feeds(other, system, model))).ThenBy(system => system.Id)];
        var stages = new int[ordered.Length];
        for (var later = 0; later < ordered.Length; later++)
            for (var earlier = 0; earlier < later; earlier++)
                if (Feeds(ordered[earlier], ordered[later], model) > Feeds(ordered[later], ordered[earlier], model))
                    stages[later] = Math.Max(stages[later], stages[earlier] + 1);
        return ordered.Select((system, index) => (system.Id, stages[index]));
    }

    /// <summary>The number of a person's fields that flow from one to the other: read here and written there, and not overruled there.</summary>
    public static int Feeds(SystemModel from, SystemModel to, HubModel model)
    {
        if (from.Id == to.Id || !model.Fields.TryGetValue(RecordKind.Person, out var fields))
            return 0;
        var read = Mapped(from, MapDirection.In);
        return Mapped(to, MapDirection.Out).Count(field => read.Contains(field) && fields.TryGetValue(field, out var definition) && Rank(definition.Policy, from.Id) <= Rank(definition.Policy, to.Id));
    }

    private static HashSet<string> Mapped(SystemModel system, MapDirection direction) =>
        [.. system.OfKind(RecordKind.Person).SelectMany(type => system.Maps[type.ObjectType].Fields).Where(field => field.Map.Direction.HasFlag(direction) && field.Map.Field != FieldDefinition.HubId).Select(field => field.Map.Field)];

    private static int Rank(FieldPolicy policy, SystemId system) =>
        policy.Kind == PolicyKind.SystemOfRecord && policy.Systems.IndexOf(system) is >= 0 and var rank ? rank : int.MaxValue;
}
