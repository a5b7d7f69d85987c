using Microsoft.Extensions.DependencyInjection;
using StackHub.Storage;

namespace StackHub.AzureStorage;

/// <summary>Registers a storage account as tables, queues and blobs.</summary>
public static class AzureStorageServices
{
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, AzureStorageOptions options)
    {
        services.AddSingleton(_ => new AzureStorageAccount(options));
        services.AddSingleton<ITableStore, AzureTable>();
        services.AddSingleton<IMessageQueue, AzureQueue>();
        services.AddSingleton<IBlobStore, AzureBlob>();
        return services;
    }
}
