using System.Collections.Concurrent;

namespace StackHub.Testing.Storage;

/// <summary>Storage operations by kind, such as "tables.write"; a batch counts as one, as it does on the bill.</summary>
public sealed class OperationCounts
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    public int this[string kind] => counts.GetValueOrDefault(kind);

    public int Total => counts.Values.Sum();

    public IReadOnlyDictionary<string, int> ByKind => counts;

    public void Add(string kind) => counts.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    public void Clear() => counts.Clear();

    public override string ToString() => string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));
}
