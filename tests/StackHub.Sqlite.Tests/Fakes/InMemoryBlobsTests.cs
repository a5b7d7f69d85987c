using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests.Fakes;

public sealed class InMemoryBlobsTests : BlobStoreContract
{
    protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new InMemoryBlobs());
}
