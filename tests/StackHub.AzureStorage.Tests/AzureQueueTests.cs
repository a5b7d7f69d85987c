using StackHub.Storage;
using StackHub.Testing.Azurite;
using StackHub.Testing.Storage;

namespace StackHub.AzureStorage.Tests;

public sealed class AzureQueueTests(AzuriteServer azurite) : MessageQueueContract
{
    protected override Task<IMessageQueue> CreateAsync() =>
        Task.FromResult<IMessageQueue>(new AzureQueue(new AzureStorageAccount(new() { ConnectionString = azurite.ConnectionString })));
}
