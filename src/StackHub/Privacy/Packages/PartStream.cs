namespace StackHub.Privacy.Packages;

/// <summary>Cuts what is written into parts of one size and hands each over as soon as it is full: memory stays that of a part.</summary>
internal sealed class PartStream(int partSize, Func<int, ReadOnlyMemory<byte>, CancellationToken, Task> handOver) : Stream
{
    private readonly MemoryStream buffer = new();

    /// <summary>How many were handed over.</summary>
    public int Parts { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What is left becomes the last part.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await HandOverAsync(partSize, cancellationToken);
        if (buffer.Length > 0)
            await HandOverAsync((int)buffer.Length, cancellationToken);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        buffer.Write(bytes.Span);
        await HandOverAsync(partSize, cancellationToken);
    }

    public override Task WriteAsync(byte[] bytes, int offset, int count, CancellationToken cancellationToken) => WriteAsync(bytes.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Only kept: it is handed over by the next asynchronous write.</summary>
    public override void Write(byte[] bytes, int offset, int count) => buffer.Write(bytes, offset, count);

    public override void Write(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => HandOverAsync(partSize, cancellationToken);

    public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task HandOverAsync(int size, CancellationToken cancellationToken)
    {
        var whole = (int)(buffer.Length / size);
        if (whole == 0)
            return;
        var bytes = buffer.ToArray();
        for (var part = 0; part < whole; part++)
            await handOver(Parts++, bytes.AsMemory(part * size, size), cancellationToken);
        buffer.SetLength(0);
        buffer.Write(bytes.AsSpan(whole * size));
    }
}
