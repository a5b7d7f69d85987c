using System.Text;

namespace StackHub.Sqlite.Tables;

/// <summary>The few property names a program uses, as one string each instead of one a row. Races only cost a second string.</summary>
internal static class PropertyNames
{
    private const int Size = 1_024;

    private static readonly Entry?[] Known = new Entry?[Size];

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        ref var entry = ref Known[Slot(utf8)];
        if (entry is { } known && utf8.SequenceEqual(known.Utf8))
            return known.Name;
        var name = Encoding.UTF8.GetString(utf8);
        entry = new Entry(utf8.ToArray(), name);
        return name;
    }

    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        var hash = (uint)utf8.Length;
        foreach (var letter in utf8)
            hash = hash * 31 + letter;
        return (int)(hash % Size);
    }

    private sealed record Entry(byte[] Utf8, string Name);
}
