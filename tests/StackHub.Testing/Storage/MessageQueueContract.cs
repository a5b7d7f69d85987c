using System.Text;
using StackHub.Storage;
using Xunit;

namespace StackHub.Testing.Storage;

/// <summary>What every <see cref="IMessageQueue"/> does; a store's own test class is its way to make one.</summary>
public abstract class MessageQueueContract
{
    private static readonly TimeSpan Now = TimeSpan.Zero;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string name = UniqueName.Of("q");

    protected abstract Task<IMessageQueue> CreateAsync();

    /// <summary>Lets time go by for the store; stores with a clock of their own override it.</summary>
    protected virtual Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromMilliseconds(300), None);

    [Fact]
    public async Task A_sent_message_is_received_as_it_was_sent()
    {
        var queue = await CreateAsync();
        const string Body = "{\"text\":\"<a & 'b'> Grüße, 你好, 🚀\n\ttab\"}";

        await queue.SendAsync(name, Body, Now, None);

        var message = Assert.Single(await queue.ReceiveAsync(name, 1, Long, None));
        Assert.Equal((name, Body, 1), (message.Queue, message.Body, message.DequeueCount));
    }

    [Fact]
    public async Task A_received_message_is_hidden_from_others()
    {
        var queue = await SentAsync("a");

        await queue.ReceiveAsync(name, 1, Long, None);

        Assert.Empty(await queue.ReceiveAsync(name, 32, Long, None));
    }

    [Fact]
    public async Task A_message_that_is_not_deleted_in_time_comes_back_and_counts_its_receipts()
    {
        var queue = await SentAsync("a");
        var first = await ReceiveOneAsync(queue, Short);

        await PassAsync(Short);
        var second = await ReceiveOneAsync(queue, Short);
        await PassAsync(Short);
        var third = await ReceiveOneAsync(queue, Short);

        Assert.Equal([1, 2, 3], [first.DequeueCount, second.DequeueCount, third.DequeueCount]);
        Assert.Equal((first.Id, first.Body, first.InsertedAt), (third.Id, third.Body, third.InsertedAt));
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Fact]
    public async Task A_deleted_message_never_comes_back()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Short);

        Assert.True(await queue.DeleteAsync(message, None));

        await PassAsync(Short);
        Assert.Empty(await queue.ReceiveAsync(name, 32, Short, None));
    }

    [Fact]
    public async Task A_message_can_be_deleted_after_its_time_as_long_as_nobody_received_it_again()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Short);
        await PassAsync(Short);

        Assert.True(await queue.DeleteAsync(message, None));

        Assert.Equal(0, await queue.CountAsync(name, None));
    }

    [Fact]
    public async Task Deleting_twice_answers_false()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Long);
        await queue.DeleteAsync(message, None);

        Assert.False(await queue.DeleteAsync(message, None));
    }

    [Fact]
    public async Task A_receipt_is_stale_once_somebody_else_received_the_message()
    {
        var queue = await SentAsync("a");
        var stale = await ReceiveOneAsync(queue, Short);
        await PassAsync(Short);
        var valid = await ReceiveOneAsync(queue, Long);

        Assert.False(await queue.DeleteAsync(stale, None));
        Assert.Null(await queue.ExtendAsync(stale, Long, None));
        Assert.True(await queue.DeleteAsync(valid, None));
    }

    [Fact]
    public async Task A_delayed_message_becomes_visible_after_its_delay()
    {
        var queue = await CreateAsync();
        await queue.SendAsync(name, "later", TimeSpan.FromSeconds(2), None);

        Assert.Empty(await queue.ReceiveAsync(name, 1, Long, None));

        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("later", (await ReceiveOneAsync(queue, Long)).Body);
    }

    [Fact]
    public async Task A_delayed_message_does_not_hold_up_the_ones_behind_it()
    {
        var queue = await CreateAsync();
        await queue.SendAsync(name, "later", Long, None);
        await queue.SendAsync(name, "now", Now, None);

        Assert.Equal("now", (await ReceiveOneAsync(queue, Long)).Body);
    }

    [Fact]
    public async Task An_extended_message_stays_hidden_and_its_old_receipt_is_stale()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Short);

        var extended = await queue.ExtendAsync(message, Long, None);

        Assert.NotNull(extended);
        await PassAsync(Short);
        Assert.Empty(await queue.ReceiveAsync(name, 1, Long, None));
        Assert.False(await queue.DeleteAsync(message, None));
        Assert.True(await queue.DeleteAsync(extended, None));
    }

    [Fact]
    public async Task A_message_let_go_early_is_visible_at_once_and_extending_counts_no_receipt()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Long);

        var released = await queue.ExtendAsync(message, Now, None);

        Assert.Equal(1, released?.DequeueCount);
        var again = await ReceiveOneAsync(queue, Long);
        Assert.Equal((message.Id, "a", 2), (again.Id, again.Body, again.DequeueCount));
    }

    [Fact]
    public async Task A_deleted_message_cannot_be_extended()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Long);
        await queue.DeleteAsync(message, None);

        Assert.Null(await queue.ExtendAsync(message, Long, None));
    }

    [Fact]
    public async Task One_receive_hands_out_32_messages_and_each_only_once()
    {
        var queue = await SentAsync([.. Enumerable.Range(0, 40).Select(i => $"m{i}")]);

        var first = await queue.ReceiveAsync(name, 32, Long, None);
        var rest = await queue.ReceiveAsync(name, 32, Long, None);

        Assert.Equal((32, 8), (first.Count, rest.Count));
        Assert.Equal(40, first.Concat(rest).Select(message => message.Body).Distinct().Count());
    }

    [Fact]
    public async Task Receivers_at_the_same_time_never_share_a_message()
    {
        var queue = await SentAsync([.. Enumerable.Range(0, 30).Select(i => $"m{i}")]);

        var received = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => queue.ReceiveAsync(name, 5, Long, None))));

        var ids = received.SelectMany(messages => messages).Select(message => message.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public async Task A_receive_takes_1_to_32_messages(int max)
    {
        var queue = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(name, max, Long, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.PeekAsync(name, max, None));
    }

    [Fact]
    public async Task A_body_of_65536_bytes_is_sent_and_one_more_is_refused()
    {
        var queue = await CreateAsync();
        var largest = new string('x', QueueLimits.MaxBodyBytes);

        await queue.SendAsync(name, largest, Now, None);

        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(name, largest + "x", Now, None));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(name, new string('ä', QueueLimits.MaxBodyBytes / 2) + "x", Now, None));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(name, largest[..^1] + "&", Now, None));
        Assert.Equal(QueueLimits.MaxBodyBytes, Encoding.UTF8.GetByteCount((await ReceiveOneAsync(queue, Long)).Body));
        Assert.Equal(1, await queue.CountAsync(name, None));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\rb")]
    [InlineData("a\u001bb")]
    [InlineData("a\uFFFFb")]
    public async Task A_body_that_xml_cannot_carry_unchanged_is_refused(string body)
    {
        var queue = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(name, body, Now, None));
    }

    [Fact]
    public async Task A_body_with_half_a_surrogate_pair_is_refused()
    {
        var queue = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(name, "a\ud83d", Now, None));
    }

    [Fact]
    public async Task An_empty_body_and_outer_white_space_come_back()
    {
        var queue = await SentAsync("", " \n");

        Assert.Equal(["", " \n"], (await queue.ReceiveAsync(name, 32, Long, None)).Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("-start")]
    [InlineData("end-")]
    [InlineData("two--hyphens")]
    [InlineData("under_score")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789abcd")]
    public async Task A_queue_name_outside_the_rules_is_refused(string bad)
    {
        var queue = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(bad, "a", Now, None));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.ReceiveAsync(bad, 1, Long, None));
        await Assert.ThrowsAsync<ArgumentException>(() => queue.CountAsync(bad, None));
    }

    [Fact]
    public async Task A_queue_name_of_63_characters_with_hyphens_is_taken()
    {
        var queue = await CreateAsync();
        var longest = (name + "-" + new string('z', 63))[..63];

        await queue.SendAsync(longest, "a", Now, None);

        Assert.Single(await queue.ReceiveAsync(longest, 1, Long, None));
    }

    [Fact]
    public async Task Delays_lie_between_nothing_and_seven_days()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, QueueLimits.MaxVisibility);
        var tooLong = QueueLimits.MaxVisibility + TimeSpan.FromSeconds(1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.SendAsync(name, "a", tooLong, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.SendAsync(name, "a", -Short, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(name, 1, tooLong, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ExtendAsync(message, tooLong, None));
        Assert.NotNull(await queue.ExtendAsync(message, QueueLimits.MaxVisibility, None));
    }

    [Fact]
    public async Task A_receive_hides_for_a_second_at_least()
    {
        var queue = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(name, 1, Now, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(name, 1, TimeSpan.FromMilliseconds(999), None));
    }

    [Fact]
    public async Task A_part_of_a_second_is_not_cut_off()
    {
        var queue = await CreateAsync();
        await queue.SendAsync(name, "later", TimeSpan.FromMilliseconds(1_900), None);

        Assert.Empty(await queue.ReceiveAsync(name, 1, Long, None));

        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("later", (await ReceiveOneAsync(queue, Long)).Body);
    }

    [Fact]
    public async Task A_peek_neither_hides_nor_counts()
    {
        var queue = await SentAsync("a", "b");

        var peeked = await queue.PeekAsync(name, 32, None);

        Assert.Equal(["a", "b"], peeked.Select(message => message.Body).Order());
        Assert.All(peeked, message => Assert.Equal(0, message.DequeueCount));
        Assert.All(await queue.ReceiveAsync(name, 32, Long, None), message => Assert.Equal(1, message.DequeueCount));
    }

    [Fact]
    public async Task A_peek_shows_only_visible_messages()
    {
        var queue = await SentAsync("a");
        await queue.SendAsync(name, "later", Long, None);
        await ReceiveOneAsync(queue, Long);

        Assert.Empty(await queue.PeekAsync(name, 32, None));
    }

    [Fact]
    public async Task The_count_includes_hidden_and_delayed_messages()
    {
        var queue = await SentAsync("a", "b");
        await queue.SendAsync(name, "later", Long, None);
        await ReceiveOneAsync(queue, Long);

        Assert.Equal(3, await queue.CountAsync(name, None));
    }

    [Fact]
    public async Task A_queue_nobody_sent_to_is_empty()
    {
        var queue = await CreateAsync();

        Assert.Empty(await queue.ReceiveAsync(name, 1, Long, None));
        Assert.Empty(await queue.PeekAsync(name, 1, None));
        Assert.Equal(0, await queue.CountAsync(name, None));
    }

    [Fact]
    public async Task Queues_do_not_see_each_others_messages()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Long);

        Assert.Empty(await queue.ReceiveAsync(name + "-other", 1, Long, None));
        Assert.False(await queue.DeleteAsync(message with { Queue = name + "-other" }, None));
    }

    [Fact]
    public async Task A_made_up_receipt_deletes_nothing()
    {
        var queue = await SentAsync("a");
        var message = await ReceiveOneAsync(queue, Long);

        Assert.False(await queue.DeleteAsync(message with { Receipt = "AgAAAAMAAAAAAAAA" }, None));
        Assert.True(await queue.DeleteAsync(message, None));
    }

    [Fact]
    public async Task A_wait_ends_when_a_message_is_sent()
    {
        var queue = await SentAsync("first");
        await queue.DeleteAsync(await ReceiveOneAsync(queue, Long), None);
        var wait = queue.WaitAsync(name, Patience, None);

        await queue.SendAsync(name, "a", Now, None);

        await EndsAsync(wait);
    }

    [Fact]
    public async Task A_wait_ends_at_once_when_a_message_is_there()
    {
        var queue = await SentAsync("a");

        await EndsAsync(queue.WaitAsync(name, Patience, None));
    }

    [Fact]
    public async Task A_wait_ends_when_a_delayed_message_becomes_visible()
    {
        var queue = await CreateAsync();
        await queue.SendAsync(name, "later", Short, None);

        await EndsAsync(queue.WaitAsync(name, Patience, None));

        await PassAsync(Short); // a wait is a hint and may end early
        Assert.Single(await queue.ReceiveAsync(name, 1, Long, None));
    }

    [Fact]
    public async Task A_wait_ends_after_its_time_without_a_message()
    {
        var queue = await CreateAsync();

        await EndsAsync(queue.WaitAsync(name, Short, None));

        Assert.Empty(await queue.ReceiveAsync(name, 1, Long, None));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        var queue = await CreateAsync();
        using var cancel = new CancellationTokenSource();
        var wait = queue.WaitAsync(name, Patience, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private async Task EndsAsync(Task wait)
    {
        for (var passed = TimeSpan.Zero; !wait.IsCompleted && passed < Patience + Short; passed += Short / 4)
        {
            await PassAsync(Short / 4);
            await Task.WhenAny(wait, Task.Delay(20, None));
        }
        await wait.WaitAsync(Patience, None);
    }

    private async Task<IMessageQueue> SentAsync(params string[] bodies)
    {
        var queue = await CreateAsync();
        foreach (var body in bodies)
            await queue.SendAsync(name, body, Now, None);
        return queue;
    }

    private async Task<QueueMessage> ReceiveOneAsync(IMessageQueue queue, TimeSpan visibility) =>
        Assert.Single(await queue.ReceiveAsync(name, 1, visibility, None));
}
