using StackHub.Storage;
using Xunit;

namespace StackHub.Testing.Storage;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task A_batch_does_all_of_its_actions_and_answers_their_etags_in_order()
    {
        var tables = await CreateAsync();
        var kept = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "replaced", "v", 1)), None);
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "deleted")), None);

        var batch = await tables.WriteAllAsync(
            table,
            [
                new TableAction.Insert(Row("p", "inserted", "v", 1)),
                new TableAction.Replace(Row("p", "replaced", "v", 2), kept.ETag!),
                new TableAction.Delete("p", "deleted"),
                new TableAction.Upsert(Row("p", "upserted", "v", 3)),
            ],
            None);

        Assert.Equal((TableStatus.Done, null, true), (batch.Status, batch.FailedAt, batch.Done));
        var rows = await AllAsync(tables, TableRange.In("p"));
        Assert.Equal(["inserted", "replaced", "upserted"], rows.Select(row => row.Row));
        Assert.Equal([rows[0].ETag, rows[1].ETag, null, rows[2].ETag], batch.ETags);
        Assert.Equal([1, 2, 3], rows.Select(row => row.Value<int>("v")!.Value));
    }

    [Fact]
    public async Task A_batch_whose_insert_meets_a_row_does_nothing_and_names_the_place()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "b", "v", 1)), None);

        var batch = await tables.WriteAllAsync(
            table,
            [new TableAction.Upsert(Row("p", "a", "v", 2)), new TableAction.Insert(Row("p", "b", "v", 2)), new TableAction.Upsert(Row("p", "c", "v", 2))],
            None);

        Assert.Equal((TableStatus.Exists, 1), (batch.Status, batch.FailedAt));
        Assert.Equal(("b", 1), await OnlyRowAsync(tables));
    }

    [Fact]
    public async Task A_batch_with_an_older_etag_does_nothing_and_names_the_place()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "b", "v", 1)), None);
        await tables.WriteAsync(table, new TableAction.Upsert(Row("p", "b", "v", 2)), None);

        var batch = await tables.WriteAllAsync(
            table,
            [new TableAction.Insert(Row("p", "a", "v", 3)), new TableAction.Insert(Row("p", "c", "v", 3)), new TableAction.Replace(Row("p", "b", "v", 3), first.ETag!)],
            None);

        Assert.Equal((TableStatus.Changed, 2), (batch.Status, batch.FailedAt));
        Assert.Equal(("b", 2), await OnlyRowAsync(tables));
    }

    [Fact]
    public async Task A_batch_that_deletes_an_absent_row_does_nothing_and_names_the_place()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "b", "v", 1)), None);

        var batch = await tables.WriteAllAsync(table, [new TableAction.Delete("p", "a"), new TableAction.Delete("p", "b")], None);

        Assert.Equal((TableStatus.Missing, 0), (batch.Status, batch.FailedAt));
        Assert.Equal(("b", 1), await OnlyRowAsync(tables));
    }

    [Fact]
    public async Task A_batch_of_100_rows_is_taken_and_101_are_refused()
    {
        var tables = await CreateAsync();
        TableAction[] actions = [.. Enumerable.Range(0, 101).Select(i => new TableAction.Insert(Row("p", $"{i:000}", "v", i)))];

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, actions, None));
        var batch = await tables.WriteAllAsync(table, actions[..100], None);

        Assert.Equal(100, batch.ETags.Count);
        Assert.Equal(Enumerable.Range(0, 100), (await AllAsync(tables, TableRange.In("p"))).Select(row => row.Value<int>("v")!.Value));
    }

    [Fact]
    public async Task A_batch_is_refused_when_it_is_empty_or_leaves_its_partition_or_names_a_row_twice()
    {
        var tables = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, [], None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, [new TableAction.Insert(Row("p", "a")), new TableAction.Insert(Row("q", "b"))], None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, [new TableAction.Insert(Row("p", "a")), new TableAction.Delete("p", "a")], None));
        Assert.Empty(await AllAsync(tables, TableRange.All));
    }

    [Fact]
    public async Task A_batch_of_four_mebibytes_is_taken_and_one_row_more_is_refused()
    {
        var tables = await CreateAsync();
        TableAction[] actions = [.. Enumerable.Range(0, 4).Select(i => new TableAction.Upsert(RowOf("p", $"{i}", TableLimits.MaxRowBytes)))];

        var batch = await tables.WriteAllAsync(table, actions, None);

        Assert.True(batch.Done);
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, [.. actions, new TableAction.Upsert(Row("p", "5"))], None));
    }

    /// <summary>Azure measures the request: its text beyond ASCII is longer there than in the row, and so is binary.</summary>
    [Fact]
    public async Task A_batch_whose_request_would_be_longer_than_four_mebibytes_is_refused()
    {
        var tables = await CreateAsync();
        TableAction[] text = [.. Enumerable.Range(0, 24).Select(i => new TableAction.Upsert(Row("p", $"{i}", "v", new string('你', 30_000))))];
        TableAction[] binary = [.. Enumerable.Range(0, 50).Select(i => new TableAction.Upsert(Row("p", $"{i}", "v", new byte[64_000])))];

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, text, None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, binary, None));
        Assert.True((await tables.WriteAllAsync(table, text[..20], None)).Done);
        Assert.True((await tables.WriteAllAsync(table, binary[..40], None)).Done);
    }

    [Fact]
    public async Task Of_batches_racing_for_one_row_exactly_one_is_done_and_the_others_leave_nothing()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("other", "x")), None);

        var batches = await RaceAsync(i => tables.WriteAllAsync(
            table, [new TableAction.Insert(Row("p", $"own-{i}", "v", i)), new TableAction.Insert(Row("p", "shared", "v", i))], None));

        var winner = Assert.Single(Enumerable.Range(0, batches.Length), i => batches[i].Done);
        Assert.Equal([$"own-{winner}", "shared"], (await AllAsync(tables, TableRange.In("p"))).Select(row => row.Row));
    }

    private async Task<(string Row, int Value)> OnlyRowAsync(ITableStore tables)
    {
        var row = Assert.Single(await AllAsync(tables, TableRange.In("p")));
        return (row.Row, row.Value<int>("v")!.Value);
    }
}
