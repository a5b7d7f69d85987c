using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests.Fakes;

public sealed class InMemoryTablesTests : TableStoreContract
{
    protected override Task<ITableStore> CreateAsync() => Task.FromResult<ITableStore>(new InMemoryTables());
}
