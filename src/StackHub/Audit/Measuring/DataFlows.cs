using System.Collections.Immutable;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Measuring;

/// <summary>The map of field, purpose and tool, out of what was counted.</summary>
public static class DataFlows
{
    public static ImmutableArray<DataFlow> Of(StackInventory stack) =>
    [
        .. stack.Fields
            .GroupBy(field => (field.Tool, field.Kind, field.Field))
            .Select(group => Flow(stack, group.Key.Tool, group.Key.Kind, group.Key.Field, [.. group]))
            .OrderBy(flow => flow.Tool).ThenBy(flow => flow.Kind, StringComparer.Ordinal).ThenBy(flow => flow.Field, StringComparer.Ordinal),
    ];

    private static DataFlow Flow(StackInventory stack, ToolId tool, string kind, string field, FieldTraffic[] counted)
    {
        long Sum(FieldDirection direction) => counted.Where(one => one.Direction == direction).Sum(one => one.Values);
        return new(tool, kind, field, stack.Purposes.GetValueOrDefault($"{kind}.{field}"), counted.Any(one => one.Personal))
        {
            Held = Sum(FieldDirection.Held),
            From = Sum(FieldDirection.From),
            To = Sum(FieldDirection.To),
        };
    }
}
