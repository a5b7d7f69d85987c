using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests;

public sealed class SqliteQueueTests : MessageQueueContract, IAsyncDisposable
{
    private readonly SqliteFolder folder = new();

    protected override async Task<IMessageQueue> CreateAsync() => new SqliteQueue(await folder.OpenAsync());

    protected override Task PassAsync(TimeSpan time)
    {
        folder.Time.Advance(time);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
