using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests;

public sealed class SqliteBlobsTests : BlobStoreContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override async Task<IBlobStore> CreateAsync() => new SqliteBlobs(await folder.OpenAsync());

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
