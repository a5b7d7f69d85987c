using System.Collections.Concurrent;
using StackHub.Privacy.Tasks;

namespace StackHub.Tests.Privacy;

public sealed class CallRoundTests
{
    private readonly ConcurrentQueue<int[]> calls = new();

    [Fact]
    public async Task Whoever_can_ask_together_is_asked_about_in_one_call_and_gets_their_own_answer()
    {
        var answers = new ConcurrentDictionary<int, int>();

        await new CallRound().RunAsync([.. Enumerable.Range(1, 5).Select(number => (Func<CallRound, Task>)(async round => answers[number] = await DoubleAsync(round, number, most: 10)))]);

        Assert.Equal([1, 2, 3, 4, 5], Assert.Single(calls).Order());
        Assert.All(answers, answer => Assert.Equal(answer.Key * 2, answer.Value));
    }

    [Fact]
    public async Task A_call_has_no_more_than_the_vendor_takes()
    {
        await new CallRound().RunAsync([.. Enumerable.Range(1, 7).Select(number => (Func<CallRound, Task>)(round => DoubleAsync(round, number, most: 3)))]);

        Assert.Equal([3, 3, 1], calls.Select(call => call.Length));
    }

    [Fact]
    public async Task Who_ends_without_a_call_keeps_nobody_waiting()
    {
        await new CallRound().RunAsync([round => DoubleAsync(round, 1, most: 10), _ => Task.CompletedTask, async _ => await Task.Delay(20)]);

        Assert.Equal([1], Assert.Single(calls));
    }

    [Fact]
    public async Task Others_are_taken_along_until_a_call_is_full_and_no_more()
    {
        var due = new Queue<int>(Enumerable.Range(100, 20));
        var round = new CallRound(room: 50, wanted => Task.FromResult<IReadOnlyList<Func<CallRound, Task>>>(
            [.. Enumerable.Range(0, Math.Min(wanted, due.Count)).Select(_ => due.Dequeue()).Select(number => (Func<CallRound, Task>)(round => DoubleAsync(round, number, most: 10)))]));

        await round.RunAsync([round => DoubleAsync(round, 1, most: 10), round => DoubleAsync(round, 2, most: 10)]);

        Assert.Equal(10, Assert.Single(calls).Length);
        Assert.Equal(12, due.Count);
    }

    [Fact]
    public async Task Who_is_taken_along_and_has_nothing_to_ask_is_replaced_as_long_as_there_is_room()
    {
        var asked = 0;
        var round = new CallRound(room: 12, wanted =>
        {
            asked += wanted;
            return Task.FromResult<IReadOnlyList<Func<CallRound, Task>>>([.. Enumerable.Repeat((Func<CallRound, Task>)(_ => Task.CompletedTask), wanted)]);
        });

        await round.RunAsync([round => DoubleAsync(round, 1, most: 10)]);

        Assert.Equal((12, 1), (asked, Assert.Single(calls).Length));
    }

    [Fact]
    public async Task A_call_that_fails_fails_for_each_of_its_callers_and_for_no_other()
    {
        var failures = new ConcurrentBag<string>();
        async Task TryAsync(CallRound round, string what)
        {
            try
            {
                await round.CallAsync<string, int>(what, 10, what, _ => what == "bad" ? throw new IOException("away") : Task.FromResult<IReadOnlyList<int>>([1]));
            }
            catch (IOException e)
            {
                failures.Add(e.Message);
            }
        }

        await new CallRound().RunAsync([round => TryAsync(round, "bad"), round => TryAsync(round, "good"), round => TryAsync(round, "bad")]);

        Assert.Equal(["away", "away"], failures);
    }

    [Fact]
    public async Task What_one_of_them_throws_is_thrown_when_all_are_over()
    {
        var ended = false;

        await Assert.ThrowsAsync<IOException>(() => new CallRound().RunAsync([_ => throw new IOException(), async round =>
        {
            await DoubleAsync(round, 1, most: 10);
            ended = true;
        }]));

        Assert.True(ended);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_many_ask_however_often_everybody_is_answered_and_no_call_is_too_large(int seed)
    {
        var random = new Random(seed);
        int[] turns = [.. Enumerable.Range(0, 60).Select(_ => random.Next(6))];

        await new CallRound().RunAsync([.. turns.Select((count, number) => (Func<CallRound, Task>)(async round =>
        {
            for (var turn = 0; turn < count; turn++)
            {
                if ((number + turn) % 3 == 0)
                    await Task.Yield();
                Assert.Equal(number * 2, await DoubleAsync(round, number, most: 7));
            }
        }))]).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(turns.Sum(), calls.Sum(call => call.Length));
        Assert.All(calls, call => Assert.InRange(call.Length, 1, 7));
        Assert.True(calls.Count <= turns.Max() * Math.Ceiling(60 / 7.0) + turns.Max(), $"{calls.Count} calls");
    }

    private Task<int> DoubleAsync(CallRound round, int number, int most) => round.CallAsync<int, int>("double", most, number, async numbers =>
    {
        await Task.Yield();
        calls.Enqueue([.. numbers]);
        return [.. numbers.Select(one => one * 2)];
    });
}
