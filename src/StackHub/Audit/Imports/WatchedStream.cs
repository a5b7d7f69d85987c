namespace StackHub.Audit.Imports;

/// <summary>Reads on through a stream and remembers what tells whether a file is whole: its first bytes, its length and its end.</summary>
internal sealed class WatchedStream : Stream
{
    private const int HeadBytes = 4 * 1024;
    private readonly Stream inner;
    private readonly byte[] head;
    private int given;

    private WatchedStream(Stream inner, byte[] head) => (this.inner, this.head) = (inner, head);

    public static async Task<WatchedStream> OpenAsync(Stream inner, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        var length = await inner.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return new(inner, head[..length]);
    }

    public ReadOnlySpan<byte> Head => head;

    /// <summary>Bytes read so far, by whoever reads.</summary>
    public long Bytes { get; private set; }

    public byte LastByte { get; private set; }

    /// <summary>The first that is neither space nor byte order mark; a zero in an empty file.</summary>
    public char FirstSign
    {
        get
        {
            foreach (var one in head)
                if (one is not (0xEF or 0xBB or 0xBF or (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t'))
                    return (char)one;
            return '\0';
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Bytes; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var length = FromHead(buffer);
        return Seen(buffer[..(length > 0 ? length : inner.Read(buffer))]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var length = FromHead(buffer.Span);
        if (length == 0)
            length = await inner.ReadAsync(buffer, cancellationToken);
        return Seen(buffer.Span[..length]);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int FromHead(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, head.Length - given);
        head.AsSpan(given, length).CopyTo(buffer);
        given += length;
        return length;
    }

    private int Seen(ReadOnlySpan<byte> bytes)
    {
        Bytes += bytes.Length;
        if (!bytes.IsEmpty)
            LastByte = bytes[^1];
        return bytes.Length;
    }
}
