using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests;

public sealed class SqliteTablesTests : TableStoreContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override async Task<ITableStore> CreateAsync() => new SqliteTables(await folder.OpenAsync());

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
