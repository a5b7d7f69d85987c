using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackHub.Storage;

namespace StackHub.Sqlite;

/// <summary>Registers the embedded store as tables, queues and blobs.</summary>
public static class SqliteStoreServices
{
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, string dataFolder, SqliteOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => SqliteDatabase.Open(dataFolder, options ?? new SqliteOptions(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITableStore, SqliteTables>();
        services.AddSingleton<IMessageQueue, SqliteQueue>();
        services.AddSingleton<IBlobStore, SqliteBlobs>();
        return services;
    }
}
