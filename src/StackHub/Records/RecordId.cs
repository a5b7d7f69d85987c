namespace StackHub.Records;

/// <summary>The hub's own id of a person, account or opportunity: a UUIDv7, so that ids sort by the time they were made.</summary>
public readonly record struct RecordId(Guid Value) : IComparable<RecordId>
{
    public static RecordId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Reads the 32-digit form that <see cref="ToString"/> writes, or any other form of a GUID.</summary>
    public static RecordId? TryParse(string? text) => Guid.TryParse(text, out var value) ? new RecordId(value) : null;

    public static RecordId Parse(string text) => new(Guid.Parse(text));

    /// <summary>0 to 255, evenly spread: the random end of the id.</summary>
    public byte Bucket
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes);
            return bytes[15];
        }
    }

    public int CompareTo(RecordId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => Value.ToString("N");
}
