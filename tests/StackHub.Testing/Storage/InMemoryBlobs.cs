using System.Runtime.CompilerServices;
using StackHub.Storage;

namespace StackHub.Testing.Storage;

/// <summary>Blobs in memory. Operations: put, get, delete, list.</summary>
public sealed class InMemoryBlobs : InMemoryStore, IBlobStore
{
    private readonly SortedDictionary<string, byte[]> blobs = new(StringComparer.Ordinal);

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        BlobLimits.CheckContent(content);
        return StepAsync("blobs.put", () => blobs[name] = content.ToArray(), cancellationToken);
    }

    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        return StepAsync("blobs.get", () => blobs.GetValueOrDefault(name)?.ToArray(), cancellationToken);
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        return StepAsync("blobs.delete", () => blobs.Remove(name), cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = await StepAsync("blobs.list", () => blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList(), cancellationToken);
        foreach (var name in names)
            yield return name;
    }
}
