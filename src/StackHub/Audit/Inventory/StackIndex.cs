using System.Collections.Frozen;

namespace StackHub.Audit.Inventory;

/// <summary>An inventory's lists by what they are asked for.</summary>
internal sealed class StackIndex(StackInventory stack)
{
    private readonly (object? Tools, object? Traffic, object? Fields, object? Assets) made = Lists(stack);

    public FrozenDictionary<ToolId, Tool> ById { get; } = stack.Tools.ToFrozenDictionary(tool => tool.Id);

    public FrozenDictionary<string, Tool> BySystem { get; } = stack.Tools
        .SelectMany(tool => tool.Systems, (tool, system) => (tool, system))
        .DistinctBy(one => one.system)
        .ToFrozenDictionary(one => one.system, one => one.tool, StringComparer.Ordinal);

    public ILookup<ToolId, TrafficDay> Traffic { get; } = stack.Traffic.ToLookup(day => day.Tool);

    public ILookup<ToolId, FieldTraffic> Fields { get; } = stack.Fields.ToLookup(field => field.Tool);

    public ILookup<ToolId, ToolAsset> Assets { get; } = stack.Assets.ToLookup(asset => asset.Tool);

    public bool IsOf(StackInventory other) => made == Lists(other);

    private static (object? Tools, object? Traffic, object? Fields, object? Assets) Lists(StackInventory stack) =>
        (Inner(stack.Tools), Inner(stack.Traffic), Inner(stack.Fields), Inner(stack.Assets));

    private static object? Inner<T>(System.Collections.Immutable.ImmutableArray<T> list) => System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsArray(list);
}
