using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using StackHub.Storage;

namespace StackHub.AzureStorage;

/// <summary>Blobs in one container on Azure Storage, which is made when the first blob misses it.</summary>
public sealed class AzureBlob(AzureStorageAccount account) : IBlobStore
{
    /// <summary>A blob up to here is one request; a larger one goes in blocks, each with a timeout and retries of its own.</summary>
    private static readonly BlobUploadOptions Upload = new()
    {
        TransferOptions = new StorageTransferOptions { InitialTransferSize = 16 * 1024 * 1024, MaximumTransferSize = 8 * 1024 * 1024, MaximumConcurrency = 2 },
    };

    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        BlobLimits.CheckContent(content);
        var blob = account.Container.GetBlobClient(name);
        try
        {
            await blob.UploadAsync(new BinaryData(content), Upload, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await account.Container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await blob.UploadAsync(new BinaryData(content), Upload, cancellationToken);
        }
    }

    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        try
        {
            return (await account.Container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (IsAbsent(e))
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        BlobLimits.CheckName(name);
        return await account.Container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = prefix };
        await using var pages = account.Container.GetBlobsAsync(options, cancellationToken).AsPages().GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pages))
            foreach (var blob in pages.Current.Values)
                yield return blob.Name;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<Page<BlobItem>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (RequestFailedException e) when (IsAbsent(e))
        {
            return false;
        }
    }

    private static bool IsAbsent(RequestFailedException failure) =>
        failure.ErrorCode == BlobErrorCode.BlobNotFound || failure.ErrorCode == BlobErrorCode.ContainerNotFound;
}
