using StackHub.Storage;
using StackHub.Testing.Storage;

namespace StackHub.Sqlite.Tests.Fakes;

public sealed class HooksAndCountsTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TableAction Insert = new TableAction.Insert(new TableRow("p", "r", new Dictionary<string, object>()));

    [Fact]
    public async Task A_crash_before_a_step_leaves_nothing()
    {
        var tables = new InMemoryTables { Before = operation => Crash(operation, "tables.write people") };

        await Assert.ThrowsAsync<IOException>(() => tables.WriteAsync("people", Insert, None));

        Assert.Null(await tables.GetAsync("people", "p", "r", None));
    }

    [Fact]
    public async Task A_crash_after_a_step_leaves_the_step()
    {
        var tables = new InMemoryTables { After = operation => Crash(operation, "tables.write people") };

        await Assert.ThrowsAsync<IOException>(() => tables.WriteAsync("people", Insert, None));

        Assert.NotNull(await tables.GetAsync("people", "p", "r", None));
    }

    [Fact]
    public async Task Hooks_see_every_operation_of_queues_and_blobs_by_name()
    {
        var seen = new List<string>();
        var queue = new InMemoryQueue(new ManualTime()) { Before = Note };
        var blobs = new InMemoryBlobs { Before = Note };

        await queue.SendAsync("work", "a", TimeSpan.Zero, None);
        var message = (await queue.ReceiveAsync("work", 1, TimeSpan.FromSeconds(1), None))[0];
        await queue.DeleteAsync(message, None);
        await blobs.PutAsync("a", new byte[] { 1 }, None);

        Assert.Equal(["queue.send work", "queue.receive work", "queue.delete work", "blobs.put"], seen);

        Task Note(string operation)
        {
            seen.Add(operation);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_batch_counts_as_one_operation()
    {
        var counts = new OperationCounts();
        var tables = new CountingTableStore(new InMemoryTables(), counts);
        var queue = new CountingQueue(new InMemoryQueue(new ManualTime()), counts);

        await tables.WriteAllAsync("people", [Insert, new TableAction.Delete("p", "other")], None);
        await tables.GetAsync("people", "p", "r", None);
        await queue.SendAsync("work", "a", TimeSpan.Zero, None);

        Assert.Equal((1, 1, 1, 3), (counts["tables.batch"], counts["tables.get"], counts["queue.send"], counts.Total));
    }

    private static Task Crash(string operation, string at) =>
        operation == at ? Task.FromException(new IOException("killed")) : Task.CompletedTask;
}
