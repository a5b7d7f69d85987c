using System.Collections.Frozen;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Measuring;

/// <summary>Which tools get a field's values, and which are where they come from.</summary>
public sealed class FieldReaders
{
    private readonly FrozenDictionary<string, FrozenSet<ToolId>> readers;
    private readonly FrozenDictionary<string, FrozenSet<ToolId>> writers;

    private FieldReaders(StackInventory stack) =>
        (readers, writers) = (Of(stack, FieldDirection.To), Of(stack, FieldDirection.From));

    public static FieldReaders Of(StackInventory stack) => new(stack);

    public IReadOnlySet<ToolId> ReadersOf(string path) => readers.GetValueOrDefault(path, FrozenSet<ToolId>.Empty);

    public IReadOnlySet<ToolId> WritersOf(string path) => writers.GetValueOrDefault(path, FrozenSet<ToolId>.Empty);

    private static FrozenDictionary<string, FrozenSet<ToolId>> Of(StackInventory stack, FieldDirection direction) => stack.Fields
        .Where(field => field.Direction == direction && field.Values > 0)
        .GroupBy(field => field.Path, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Select(field => field.Tool).ToFrozenSet(), StringComparer.Ordinal);
}
