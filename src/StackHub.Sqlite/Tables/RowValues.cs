using System.Diagnostics;

namespace StackHub.Sqlite.Tables;

/// <summary>A row's values as bytes and back, types kept exactly. Times are kept as the moment: they come back in UTC.</summary>
internal static class RowValues
{
    public static byte[] Write(IReadOnlyDictionary<string, object> values)
    {
        var writer = new ValueWriter();
        writer.Varint((ulong)values.Count);
        if (values is Dictionary<string, object> plain) // its enumerator needs no allocation
            foreach (var (name, value) in plain)
                WriteProperty(ref writer, name, value);
        else
            foreach (var (name, value) in values)
                WriteProperty(ref writer, name, value);
        return writer.Finish();
    }

    public static Dictionary<string, object> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ValueReader(bytes);
        var count = (int)reader.Varint();
        var values = new Dictionary<string, object>(count, StringComparer.Ordinal);
        for (; count > 0; count--)
            values.Add(PropertyNames.Of(reader.Bytes()), ReadValue(ref reader));
        return values;
    }

    private static void WriteProperty(ref ValueWriter writer, string name, object value)
    {
        writer.Text(name);
        switch (value)
        {
            case string text:
                writer.Byte((byte)StoredType.Text);
                writer.Text(text);
                break;
            case bool flag:
                writer.Byte((byte)(flag ? StoredType.True : StoredType.False));
                break;
            case int number:
                writer.Byte((byte)StoredType.Int);
                writer.Signed(number);
                break;
            case long number:
                writer.Byte((byte)StoredType.Long);
                writer.Signed(number);
                break;
            case double number:
                writer.Byte((byte)StoredType.Double);
                writer.Fixed(BitConverter.DoubleToInt64Bits(number));
                break;
            case DateTimeOffset time:
                writer.Byte((byte)StoredType.Time);
                writer.Fixed(time.UtcTicks);
                break;
            case Guid id:
                writer.Byte((byte)StoredType.Guid);
                writer.Guid(id);
                break;
            case byte[] bytes:
                writer.Byte((byte)StoredType.Bytes);
                writer.Bytes(bytes);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static object ReadValue(ref ValueReader reader) => (StoredType)reader.Byte() switch
    {
        StoredType.Text => reader.Text(),
        StoredType.False => false,
        StoredType.True => true,
        StoredType.Int => (int)reader.Signed(),
        StoredType.Long => reader.Signed(),
        StoredType.Double => BitConverter.Int64BitsToDouble(reader.Fixed()),
        StoredType.Time => new DateTimeOffset(reader.Fixed(), TimeSpan.Zero),
        StoredType.Guid => reader.Guid(),
        StoredType.Bytes => reader.Bytes().ToArray(),
        var other => throw new InvalidDataException($"Stored type {other} is unknown: the row was written by a newer program."),
    };
}
