using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests.Fakes;

public sealed class InMemoryQueueTests : MessageQueueContract
{
    private readonly ManualTime time = new();

    protected override Task<IMessageQueue> CreateAsync() => Task.FromResult<IMessageQueue>(new InMemoryQueue(time));

    protected override Task PassAsync(TimeSpan time)
    {
        this.time.Advance(time);
        return Task.CompletedTask;
    }
}
