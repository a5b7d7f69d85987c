namespace StackHub.Cli.Checking;

/// <summary>A vendor's record as the vendor answers it over HTTP, read without the hub's connectors.</summary>
public sealed record RawRecord(string ObjectType, string Id, IReadOnlyDictionary<string, string?> Fields)
{
    public override string ToString() => $"{ObjectType}/{Id}";
}

/// <summary>Reads everything of one vendor, with nothing of the hub's own code on the way.</summary>
public interface IRawReader
{
    string System { get; }

    IAsyncEnumerable<RawRecord> ReadAsync(CancellationToken cancellationToken);

    /// <summary>One record by id, for what the vendor's lists leave out; null when it is not there.</summary>
    Task<RawRecord?> FindAsync(string objectType, string id, CancellationToken cancellationToken) => Task.FromResult<RawRecord?>(null);
}
