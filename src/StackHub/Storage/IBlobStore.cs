namespace StackHub.Storage;

/// <summary>Whole blobs by name, such as "inbound/0193….bin": 1 to 1,024 characters, segments parted by '/'.</summary>
public interface IBlobStore
{
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>True when the blob was there.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Names that start with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);
}
