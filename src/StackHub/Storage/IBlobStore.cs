namespace StackHub.Storage;

/// <summary>
/// Whole blobs by name, such as "inbound/0193….bin": 1 to 1,024 characters in segments parted by '/', none of them empty or ending with
/// a dot; at most <see cref="BlobLimits.MaxBytes"/> bytes.
/// </summary>
public interface IBlobStore
{
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>True when the blob was there; a remote store may answer false when it was asked twice.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Names that start with <paramref name="prefix"/>, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);
}
