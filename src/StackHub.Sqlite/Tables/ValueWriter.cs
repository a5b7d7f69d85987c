using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace StackHub.Sqlite.Tables;

/// <summary>Appends to a pooled buffer.</summary>
internal ref struct ValueWriter()
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(1_024);
    private int length;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }
        Byte((byte)value);
    }

    /// <summary>Small numbers of either sign in few bytes.</summary>
    public void Signed(long value) => Varint((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Fixed(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        value.CopyTo(Room(value.Length));
    }

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)bytes);
        Encoding.UTF8.GetBytes(value, Room(bytes));
    }

    public void Guid(Guid value) => value.TryWriteBytes(Room(16));

    /// <summary>The bytes; the writer is used up.</summary>
    public byte[] Finish()
    {
        var bytes = buffer.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        return bytes;
    }

    private Span<byte> Room(int size)
    {
        if (buffer.Length - length < size)
            Grow(size);
        var room = buffer.AsSpan(length, size);
        length += size;
        return room;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, length + size));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
