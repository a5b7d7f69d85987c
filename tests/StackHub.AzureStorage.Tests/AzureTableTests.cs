using StackHub.Storage;
using StackHub.Testing.Azurite;
using StackHub.Testing.Storage;

namespace StackHub.AzureStorage.Tests;

public sealed class AzureTableTests(AzuriteServer azurite) : TableStoreContract
{
    protected override Task<ITableStore> CreateAsync() =>
        Task.FromResult<ITableStore>(new AzureTable(new AzureStorageAccount(new() { ConnectionString = azurite.ConnectionString })));
}
