using Microsoft.Extensions.Logging.Abstractions;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Suppression;

public sealed class SuppressionListTests
{
    private readonly InMemoryTables tables = new();
    private readonly InMemoryBlobs blobs = new();
    private readonly AdjustableTime time = new();
    private int readings;

    public SuppressionListTests() => tables.Before = operation =>
    {
        readings += operation == $"tables.query {Tables.Suppressions}" ? 1 : 0;
        return Task.CompletedTask;
    };

    [Fact]
    public async Task Its_own_additions_and_lifts_are_known_without_reading_the_list_again()
    {
        var list = await OpenAsync();
        var before = readings;
        for (var number = 0; number < 20; number++)
        {
            await list.AddAsync("email", Address(number), $"request-{number}", TestContext.Current.CancellationToken);
            await LaterAsync(list);
        }
        await list.LiftAsync("email", Address(3), TestContext.Current.CancellationToken);
        await LaterAsync(list);

        Assert.Equal(0, readings - before);
        Assert.Equal(Enumerable.Range(0, 20).Where(number => number != 3), Enumerable.Range(0, 20).Where(number => list.Holds("email", Address(number))));
    }

    [Fact]
    public async Task What_another_process_adds_in_between_is_read()
    {
        var (list, other) = (await OpenAsync(), await OpenAsync());
        for (var number = 0; number < 10; number += 2)
        {
            await list.AddAsync("email", Address(number), $"request-{number}", TestContext.Current.CancellationToken);
            await other.AddAsync("email", Address(number + 1), $"request-{number + 1}", TestContext.Current.CancellationToken);
            await list.AddAsync("email", Address(100 + number), $"request-{100 + number}", TestContext.Current.CancellationToken);
        }
        await LaterAsync(list);
        await LaterAsync(other);

        Assert.All(Enumerable.Range(0, 10), number => Assert.True(list.Holds("email", Address(number)) && other.Holds("email", Address(number))));
        Assert.All(Enumerable.Range(0, 5), number => Assert.True(other.Holds("email", Address(100 + 2 * number))));
    }

    [Fact]
    public async Task What_is_added_while_another_reads_the_list_is_not_forgotten()
    {
        var list = await OpenAsync();
        await list.AddAsync("email", Address(0), "request-0", TestContext.Current.CancellationToken);
        await (await OpenAsync()).AddAsync("email", Address(1), "request-1", TestContext.Current.CancellationToken);
        Task? adding = null;
        tables.After = operation =>
        {
            if (operation == $"tables.query {Tables.Suppressions}")
                adding ??= list.AddAsync("email", Address(2), "request-2", TestContext.Current.CancellationToken);
            return Task.CompletedTask;
        };
        await LaterAsync(list);
        await adding!;

        Assert.All(Enumerable.Range(0, 3), number => Assert.True(list.Holds("email", Address(number))));
    }

    [Fact]
    public async Task A_list_that_adds_before_it_ever_read_knows_the_others_once_it_does()
    {
        await (await OpenAsync()).AddAsync("email", Address(0), "request-0", TestContext.Current.CancellationToken);
        var list = NewList();
        await list.AddAsync("email", Address(1), "request-1", TestContext.Current.CancellationToken);
        await list.EnsureFreshAsync(TestContext.Current.CancellationToken);

        Assert.True(list.Holds("email", Address(0)) && list.Holds("email", Address(1)));
    }

    private SuppressionList NewList() => new(tables, blobs, new HubKeys(new byte[32]), time, NullLogger<SuppressionList>.Instance);

    private async Task<SuppressionList> OpenAsync()
    {
        var list = NewList();
        await list.EnsureFreshAsync(TestContext.Current.CancellationToken);
        return list;
    }

    private async Task LaterAsync(SuppressionList list)
    {
        time.Advance(SuppressionList.Refresh * 2);
        await list.EnsureFreshAsync(TestContext.Current.CancellationToken);
    }

    private static string Address(int number) => $"somebody{number}@company.example";
}
