using Azure;
using StackHub.Storage;
using StackHub.Testing.Azurite;
using StackHub.Testing.Storage;

namespace StackHub.AzureStorage.Tests;

public sealed class LostAnswersTests(AzuriteServer azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string name = UniqueName.Of("l");
    private readonly FaultyNetwork network = new();

    [Fact]
    public async Task An_insert_whose_answer_was_lost_is_done()
    {
        var tables = await TablesAsync();

        network.AnswersToLose = 1;
        var write = await tables.InsertAsync(name, Row("r", 1), None);

        Assert.Equal(new TableWrite(TableStatus.Done, (await tables.GetAsync(name, "p", "r", None))?.ETag), write);
    }

    [Fact]
    public async Task An_insert_whose_answer_was_lost_does_not_take_anothers_row_for_its_own()
    {
        var tables = await TablesAsync();
        await tables.InsertAsync(name, Row("r", 1), None);

        network.AnswersToLose = 1;
        var write = await tables.InsertAsync(name, Row("r", 2), None);

        Assert.Equal(TableStatus.Exists, write.Status);
    }

    [Fact]
    public async Task An_insert_without_a_loss_never_takes_an_equal_row_for_its_own()
    {
        var tables = await TablesAsync();
        await tables.InsertAsync(name, Row("r", 1), None);

        Assert.Equal(TableStatus.Exists, (await tables.InsertAsync(name, Row("r", 1), None)).Status);
    }

    [Fact]
    public async Task A_replace_whose_answer_was_lost_is_done_once()
    {
        var tables = await TablesAsync();
        var first = await tables.InsertAsync(name, Row("r", 1), None);

        network.AnswersToLose = 1;
        var write = await tables.WriteAsync(name, new TableAction.Replace(Row("r", 2), first.ETag!), None);

        var row = await tables.GetAsync(name, "p", "r", None);
        Assert.Equal((true, row?.ETag, 2), (write.Done, write.ETag, row?.Value<int>("v")));
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_is_done()
    {
        var tables = await TablesAsync();
        await tables.InsertAsync(name, Row("r", 1), None);

        network.AnswersToLose = 1;

        Assert.Equal(new TableWrite(TableStatus.Done, null), await tables.DeleteAsync(name, "p", "r", null, None));
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_done_with_its_etags()
    {
        var tables = await TablesAsync();
        await tables.InsertAsync(name, Row("gone", 1), None);

        network.AnswersToLose = 1;
        var batch = await tables.WriteAllAsync(name, [new TableAction.Insert(Row("a", 1)), new TableAction.Delete("p", "gone"), new TableAction.Upsert(Row("b", 2))], None);

        Assert.True(batch.Done);
        Assert.Equal([(await tables.GetAsync(name, "p", "a", None))?.ETag, null, (await tables.GetAsync(name, "p", "b", None))?.ETag], batch.ETags);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_refused_when_another_writer_was_first()
    {
        var tables = await TablesAsync();
        await tables.InsertAsync(name, Row("b", 7), None);

        network.AnswersToLose = 1;
        var batch = await tables.WriteAllAsync(name, [new TableAction.Insert(Row("a", 1)), new TableAction.Insert(Row("b", 2))], None);

        Assert.Equal((TableStatus.Exists, 1), (batch.Status, batch.FailedAt));
        Assert.Null(await tables.GetAsync(name, "p", "a", None));
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_sent_at_least_once()
    {
        var queue = new AzureQueue(Account());
        await queue.SendAsync(name, "first", TimeSpan.Zero, None);

        network.AnswersToLose = 1;
        await queue.SendAsync(name, "second", TimeSpan.Zero, None);

        Assert.Contains("second", (await queue.PeekAsync(name, 32, None)).Select(message => message.Body));
    }

    [Fact]
    public async Task A_store_that_never_answers_fails_as_one_failed_request()
    {
        var tables = await TablesAsync();
        var before = network.Sent;

        network.AnswersToLose = int.MaxValue;
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => tables.GetAsync(name, "p", "r", None));

        Assert.Equal((0, 1 + 2), (failure.Status, network.Sent - before));
    }

    [Fact]
    public async Task A_cancelled_call_is_a_cancellation()
    {
        var tables = await TablesAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tables.GetAsync(name, "p", "r", new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_refused_call_names_the_error()
    {
        var tables = await TablesAsync();

        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => tables.WriteAsync(name, new TableAction.Replace(Row("r", 1), "no etag"), None));

        Assert.Equal((400, "InvalidInput"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task A_table_and_a_queue_cost_one_request_a_write_once_they_are_there()
    {
        var (tables, queue) = (await TablesAsync(), new AzureQueue(Account()));
        await queue.SendAsync(name, "first", TimeSpan.Zero, None);
        var before = network.Sent;

        await tables.InsertAsync(name, Row("r", 1), None);
        await tables.WriteAllAsync(name, [new TableAction.Insert(Row("a", 1)), new TableAction.Insert(Row("b", 1))], None);
        await queue.SendAsync(name, "second", TimeSpan.Zero, None);

        Assert.Equal(3, network.Sent - before);
    }

    private static TableRow Row(string row, int value) => new("p", row, new Dictionary<string, object> { ["v"] = value, ["bytes"] = new byte[] { 1, 2 } });

    private async Task<ITableStore> TablesAsync()
    {
        var tables = new AzureTable(Account());
        await tables.InsertAsync(name, Row("first", 0), None);
        return tables;
    }

    private AzureStorageAccount Account() =>
        new(new() { ConnectionString = azurite.ConnectionString, Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(1), Policies = [network] });
}
