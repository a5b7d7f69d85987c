using System.Buffers;

namespace StackHub.Storage;

/// <summary>
/// The most bytes one action takes in a batch's request, where Azure's limit is measured: JSON (a character beyond ASCII takes six bytes),
/// binary as base64, and the headers of its part.
/// </summary>
internal static class TableBatchSize
{
    /// <summary>The part's MIME and HTTP headers, its address without the keys, and the entity's own metadata.</summary>
    private const int Headers = 1_024;

    /// <summary>Quotes, colon, comma and, for most types, a second property that names the type.</summary>
    private const int PropertyOverhead = 48;

    /// <summary>What JSON writes as it is.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', 95).Select(character => (char)character).Except("\"\\&<>'+`")]);

    public static int Of(TableAction action)
    {
        var keys = 2 * (Escaped(action.Partition) + Escaped(action.Row)) + 3 * (action.Partition.Length + action.Row.Length);
        return Headers + keys + action switch
        {
            TableAction.Insert insert => Of(insert.Entity),
            TableAction.Upsert upsert => Of(upsert.Entity),
            TableAction.Replace replace => Of(replace.Entity),
            _ => 0,
        };
    }

    private static int Of(TableRow row)
    {
        var size = 0;
        foreach (var (name, value) in row.Values)
            size += PropertyOverhead + (2 * name.Length) + value switch
            {
                string text => Escaped(text),
                byte[] bytes => (bytes.Length + 2) / 3 * 4,
                _ => 40,
            };
        return size;
    }

    private static int Escaped(ReadOnlySpan<char> text)
    {
        var size = text.Length;
        while (text.IndexOfAnyExcept(Plain) is var index and >= 0)
        {
            size += 5;
            text = text[(index + 1)..];
        }
        return size;
    }
}
