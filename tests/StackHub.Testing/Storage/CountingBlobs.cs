using StackHub.Storage;

namespace StackHub.Testing.Storage;

/// <summary>Counts "blobs.put", "blobs.get", "blobs.delete" and "blobs.list".</summary>
public sealed class CountingBlobs(IBlobStore inner, OperationCounts counts) : IBlobStore
{
    public CountingBlobs(IBlobStore inner)
        : this(inner, new OperationCounts())
    {
    }

    public OperationCounts Counts => counts;

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        counts.Add("blobs.put");
        return inner.PutAsync(name, content, cancellationToken);
    }

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        counts.Add("blobs.get");
        return inner.GetAsync(name, cancellationToken);
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        counts.Add("blobs.delete");
        return inner.DeleteAsync(name, cancellationToken);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        counts.Add("blobs.list");
        return inner.ListAsync(prefix, cancellationToken);
    }
}
