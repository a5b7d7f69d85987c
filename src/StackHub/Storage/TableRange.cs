using System.Buffers;
using System.Text;

namespace StackHub.Storage;

/// <summary>
/// A range in key order: one partition (with optional row bounds), or partitions from <see cref="FromPartition"/> (inclusive)
/// to <see cref="ToPartition"/> (exclusive).
/// </summary>
public sealed record TableRange
{
    public string? Partition { get; private init; }
    public string? FromRow { get; private init; }
    public string? ToRow { get; private init; }
    public string? FromPartition { get; private init; }
    public string? ToPartition { get; private init; }

    public static TableRange All { get; } = new();

    /// <summary>Rows of one partition with <paramref name="fromRow"/> &lt;= key &lt; <paramref name="toRow"/>; null leaves a side open.</summary>
    public static TableRange In(string partition, string? fromRow = null, string? toRow = null) =>
        new() { Partition = partition, FromRow = fromRow, ToRow = toRow };

    public static TableRange Partitions(string? from, string? to) => new() { FromPartition = from, ToPartition = to };

    /// <summary>Rows of one partition whose key starts with <paramref name="prefix"/>.</summary>
    public static TableRange Prefix(string partition, string prefix) => In(partition, prefix, Behind(prefix));

    /// <summary>The least text behind every text that starts with <paramref name="prefix"/>, in UTF-16 order; null when there is none.</summary>
    private static string? Behind(string prefix)
    {
        var kept = prefix.AsSpan().TrimEnd('\uFFFF');
        if (kept.IsEmpty || Rune.DecodeLastFromUtf16(kept, out var last, out var length) != OperationStatus.Done)
            return null;
        // Pairs lie between U+D7FF and U+E000 in UTF-16 order, and half of one is no bound that could be sent.
        var next = last.Value switch
        {
            0xD7FF => 0x10000,
            0x10FFFF => 0xE000,
            var value => value + 1,
        };
        return $"{kept[..^length]}{new Rune(next)}";
    }
}

public sealed record TablePage(IReadOnlyList<TableRow> Rows, string? Continuation);
