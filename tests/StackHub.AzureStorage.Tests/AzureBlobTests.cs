using StackHub.Storage;
using StackHub.Testing.Azurite;
using StackHub.Testing.Storage;

namespace StackHub.AzureStorage.Tests;

public sealed class AzureBlobTests(AzuriteServer azurite) : BlobStoreContract
{
    protected override Task<IBlobStore> CreateAsync() =>
        Task.FromResult<IBlobStore>(new AzureBlob(new AzureStorageAccount(new() { ConnectionString = azurite.ConnectionString })));
}
