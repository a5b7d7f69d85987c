namespace StackHub.Audit.Imports;

/// <summary>Reads parts one after the other, each fetched when it is come to; null ends it.</summary>
internal sealed class PartStream(Func<int, CancellationToken, Task<byte[]?>> fetch) : Stream
{
    private byte[]? part = [];
    private int next;
    private int given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (part is not null && given == part.Length)
            (part, given) = (await fetch(next++, cancellationToken), 0);
        var length = Math.Min(buffer.Length, (part?.Length ?? 0) - given);
        part?.AsMemory(given, length).CopyTo(buffer);
        given += length;
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it with ReadAsync.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
