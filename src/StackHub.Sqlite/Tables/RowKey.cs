using System.Buffers.Binary;
using StackHub.Storage;

namespace StackHub.Sqlite.Tables;

/// <summary>
/// A row's place as one blob: table number, partition key, zero, row key. Keys have no control characters, so the zero sorts a
/// partition before every longer one and a range of keys is a range of bytes.
/// </summary>
internal static class RowKey
{
    public const int MaxBytes = 2 + 2 * KeyBytes.MaxPerChar * TableLimits.MaxKeyChars + 1;

    private const byte Separator = 0;

    public static byte[] Of(int table, string partition, string row)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        return buffer[..Write(table, partition, row, buffer)].ToArray();
    }

    public static int Write(int table, string partition, string row, Span<byte> into)
    {
        var length = WriteTable(table, into);
        length += KeyBytes.Write(partition, into[length..]);
        into[length++] = Separator;
        return length + KeyBytes.Write(row, into[length..]);
    }

    public static (string Partition, string Row) Read(ReadOnlySpan<byte> key)
    {
        var keys = key[2..];
        var zero = keys.IndexOf(Separator);
        return (KeyBytes.Read(keys[..zero]), KeyBytes.Read(keys[(zero + 1)..]));
    }

    /// <summary>The first key of the range and the first one behind it.</summary>
    public static (byte[] From, byte[] To) Bounds(int table, TableRange range)
    {
        if (range.Partition is not { } partition)
            return (Start(table, range.FromPartition ?? ""), range.ToPartition is { } to ? Start(table, to) : Start(table + 1, ""));
        var from = Start(table, partition, Separator, range.FromRow ?? "");
        return (from, range.ToRow is { } end ? Start(table, partition, Separator, end) : Start(table, partition, Separator + 1));
    }

    /// <summary>Where a range goes on behind <paramref name="key"/>: at the smallest key that is larger.</summary>
    public static byte[] Behind(ReadOnlySpan<byte> key) => [.. key, Separator];

    private static byte[] Start(int table, string partition, byte? separator = null, string row = "")
    {
        var buffer = new byte[3 + KeyBytes.MaxPerChar * (partition.Length + row.Length)];
        var length = WriteTable(table, buffer);
        length += KeyBytes.Write(partition, buffer.AsSpan(length));
        if (separator is { } between)
            buffer[length++] = between;
        length += KeyBytes.Write(row, buffer.AsSpan(length));
        return buffer[..length];
    }

    private static int WriteTable(int table, Span<byte> into)
    {
        BinaryPrimitives.WriteUInt16BigEndian(into, checked((ushort)table));
        return 2;
    }
}
