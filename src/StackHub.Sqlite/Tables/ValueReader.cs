using System.Buffers.Binary;
using System.Text;

namespace StackHub.Sqlite.Tables;

/// <summary>Reads what <see cref="ValueWriter"/> wrote.</summary>
internal ref struct ValueReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public byte Byte() => Take(1)[0];

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    public long Signed()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes() => Take((int)Varint());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public Guid Guid() => new(Take(16));

    private ReadOnlySpan<byte> Take(int size)
    {
        var taken = rest[..size];
        rest = rest[size..];
        return taken;
    }
}
