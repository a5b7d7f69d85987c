namespace StackHub.Storage;

/// <summary>
/// A row. Values are string, bool, int, long, double, DateTimeOffset, Guid or byte[]; at most 252 of them and 1 MiB together.
/// It prints its keys only.
/// </summary>
public sealed record TableRow(string Partition, string Row, IReadOnlyDictionary<string, object> Values)
{
    /// <summary>The stored version; null on a row that was not read from a store.</summary>
    public string? ETag { get; init; }

    public string? Text(string name) => Values.TryGetValue(name, out var value) ? (string)value : null;

    public T? Value<T>(string name) where T : struct => Values.TryGetValue(name, out var value) ? (T)value : null;

    public byte[]? Bytes(string name) => Values.TryGetValue(name, out var value) ? (byte[])value : null;

    public override string ToString() => $"{Partition}/{Row}";
}
