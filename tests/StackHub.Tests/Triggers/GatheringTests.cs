using System.Collections.Concurrent;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.Tests.Triggers;

public sealed class GatheringTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Messages_that_come_while_others_are_handled_are_handled_together()
    {
        var handler = new HeldHandler();
        using var gathering = new Gathering(handler);

        var first = Enumerable.Range(0, 2).Select(number => gathering.HandleAsync(Message(number), Token)).ToArray();
        var others = Enumerable.Range(2, 20).Select(number => gathering.HandleAsync(Message(number), Token)).ToArray();
        handler.Hold.SetResult();
        await Task.WhenAll(first.Concat(others)).WaitAsync(Patience, Token);

        Assert.Equal([1, 1, 20], handler.Batches.Select(batch => batch.Length).Order());
        Assert.Equal(Enumerable.Range(0, 22), handler.Batches.SelectMany(batch => batch).Select(int.Parse).Order());
    }

    [Fact]
    public async Task Only_the_one_that_cannot_be_handled_fails()
    {
        var handler = new HeldHandler { Bad = "7" };
        using var gathering = new Gathering(handler);

        var all = Enumerable.Range(0, 12).Select(number => gathering.HandleAsync(Message(number), Token)).ToArray();
        handler.Hold.SetResult();

        for (var number = 0; number < all.Length; number++)
            if (number == 7)
                await Assert.ThrowsAsync<InvalidOperationException>(() => all[7].WaitAsync(Patience, Token));
            else
                await all[number].WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task A_message_whose_caller_gives_up_before_its_turn_is_left_out()
    {
        var handler = new HeldHandler();
        using var gathering = new Gathering(handler);
        using var given = new CancellationTokenSource();
        var first = Enumerable.Range(0, 2).Select(number => gathering.HandleAsync(Message(number), Token)).ToArray();
        var other = gathering.HandleAsync(Message(2), given.Token);

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
        handler.Hold.SetResult();
        await Task.WhenAll(first).WaitAsync(Patience, Token);
        await gathering.HandleAsync(Message(3), Token).WaitAsync(Patience, Token);

        Assert.DoesNotContain("2", handler.Batches.SelectMany(batch => batch));
    }

    [Fact]
    public async Task A_message_that_failed_before_goes_alone()
    {
        var handler = new HeldHandler();
        using var gathering = new Gathering(handler);
        var first = Enumerable.Range(0, 2).Select(number => gathering.HandleAsync(Message(number), Token)).ToArray();
        var others = Enumerable.Range(2, 3).Select(number => gathering.HandleAsync(Message(number) with { DequeueCount = number == 3 ? 2 : 1 }, Token)).ToArray();

        handler.Hold.SetResult();
        await Task.WhenAll(first.Concat(others)).WaitAsync(Patience, Token);

        Assert.All(handler.Batches, batch => Assert.Single(batch));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static QueueMessage Message(int number) => new(Queues.Inbound, $"id {number}", "", $"{number}", 1, DateTimeOffset.UnixEpoch);

    /// <summary>Keeps its first callers waiting until it is let go.</summary>
    private sealed class HeldHandler : IQueueHandler
    {
        public TaskCompletionSource Hold { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string[]> Batches { get; } = new();

        public string? Bad { get; init; }

        public string Queue => Queues.Inbound;

        public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
        {
            await Hold.Task;
            if (messages.Any(message => message.Body == Bad))
                throw new InvalidOperationException("a bad message");
            Batches.Enqueue([.. messages.Select(message => message.Body)]);
        }
    }
}
