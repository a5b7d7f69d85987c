namespace StackHub.Sandbox.Hosting;

/// <summary>Ids from a counter, so that two runs of one seed give the same ids.</summary>
internal sealed class Sequence(long start = 0)
{
    private long last = start;

    public long Next() => Interlocked.Increment(ref last);

    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        var value = (ulong)Next();
        BitConverter.TryWriteBytes(bytes, value * 0x9E3779B97F4A7C15UL);
        BitConverter.TryWriteBytes(bytes[8..], value);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }
}
