namespace StackHub.Storage;

/// <summary>Azure Blob Storage's published limits, enforced before anything is sent, on every store alike.</summary>
public static class BlobLimits
{
    public const int MaxNameChars = 1_024;
    public const int MaxSegments = 254;

    /// <summary>The hub's own limit: the port moves whole blobs through memory.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    public static void CheckName(string name)
    {
        if (name.Length is 0 or > MaxNameChars)
            throw new ArgumentException($"A blob name has 1 to {MaxNameChars} characters; this one has {name.Length}.", nameof(name));
        var segments = 0;
        foreach (var range in name.AsSpan().Split('/'))
        {
            CheckSegment(name.AsSpan()[range]);
            segments++;
        }
        if (segments > MaxSegments)
            throw new ArgumentException($"A blob name has at most {MaxSegments} segments; this one has {segments}.", nameof(name));
    }

    public static void CheckContent(ReadOnlyMemory<byte> content)
    {
        if (content.Length > MaxBytes)
            throw new ArgumentException($"A blob is at most {MaxBytes} bytes; this one has {content.Length}.", nameof(content));
    }

    /// <summary>An address drops empty segments and ".", and Azure drops a dot at a segment's end: such names would come back as others.</summary>
    private static void CheckSegment(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty || segment[^1] == '.')
            throw new ArgumentException("A blob name's segments are not empty and do not end with a dot.", nameof(segment));
        foreach (var character in segment)
            if (character == '\\' || char.IsControl(character))
                throw new ArgumentException($"A blob name may not contain the character U+{(int)character:X4}.", nameof(segment));
        if (!WellFormed.Is(segment))
            throw new ArgumentException("A blob name is well-formed text.", nameof(segment));
    }
}
