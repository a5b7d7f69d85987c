namespace StackHub.Storage;

/// <summary>Bytes that are longer than one property of a row may be: in as many properties ("D0", "D1", ...) as it takes.</summary>
public static class RowParts
{
    public static void Put(Dictionary<string, object> values, byte[] bytes)
    {
        for (int part = 0, offset = 0; offset < bytes.Length; part++, offset += TableLimits.MaxBinaryBytes)
            values[Name(part)] = bytes.Length <= TableLimits.MaxBinaryBytes ? bytes : bytes[offset..Math.Min(bytes.Length, offset + TableLimits.MaxBinaryBytes)];
    }

    public static byte[] Read(TableRow row)
    {
        if (!row.Values.ContainsKey(Name(1)))
            return row.Bytes(Name(0))!;
        using var joined = new MemoryStream();
        for (var part = 0; row.Bytes(Name(part)) is { } bytes; part++)
            joined.Write(bytes);
        return joined.ToArray();
    }

    private static string Name(int part) => part switch { 0 => "D0", 1 => "D1", _ => $"D{part}" };
}
