using StackHub.Storage;
using Xunit;

namespace StackHub.Testing.Storage;

/// <summary>What every <see cref="ITableStore"/> does: single rows. Batches, ranges and limits are in the other parts of this class.</summary>
public abstract partial class TableStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string table = UniqueName.Of("t");

    protected abstract Task<ITableStore> CreateAsync();

    [Fact]
    public async Task An_inserted_row_is_read_with_its_etag()
    {
        var tables = await CreateAsync();

        var write = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 1)), None);

        var row = await tables.GetAsync(table, "p", "r", None);
        Assert.Equal((TableStatus.Done, write.ETag), (write.Status, row?.ETag));
        Assert.NotNull(write.ETag);
        Assert.Equal(("p", "r", 1), (row!.Partition, row.Row, row.Value<int>("v")));
    }

    [Fact]
    public async Task A_row_or_table_nobody_wrote_is_null()
    {
        var tables = await CreateAsync();

        Assert.Null(await tables.GetAsync(table, "p", "r", None));

        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r")), None);
        Assert.Null(await tables.GetAsync(table, "p", "other", None));
        Assert.Null(await tables.GetAsync(table, "other", "r", None));
    }

    [Fact]
    public async Task Inserting_a_row_that_exists_is_refused_and_changes_nothing()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 1)), None);

        var second = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 2)), None);

        Assert.Equal(new TableWrite(TableStatus.Exists, null), second);
        Assert.Equal(1, await ValueAsync(tables, "p", "r"));
    }

    [Fact]
    public async Task An_upsert_inserts_or_replaces_the_whole_row()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", "old", 1)), None);

        var second = await tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", "v", 2)), None);

        var row = await tables.GetAsync(table, "p", "r", None);
        Assert.Equal((true, second.ETag), (second.Done, row?.ETag));
        Assert.Equal(["v"], row!.Values.Keys);
    }

    [Fact]
    public async Task A_replace_with_the_current_etag_writes_the_whole_row_and_changes_the_etag()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "old", 1)), None);

        var second = await tables.WriteAsync(table, new TableAction.Replace(Row("p", "r", "v", 2), first.ETag!), None);

        Assert.True(second.Done);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(["v"], (await tables.GetAsync(table, "p", "r", None))!.Values.Keys);
    }

    [Fact]
    public async Task A_replace_with_an_older_etag_is_refused()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 1)), None);
        await tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", "v", 2)), None);

        var late = await tables.WriteAsync(table, new TableAction.Replace(Row("p", "r", "v", 3), first.ETag!), None);

        Assert.Equal(new TableWrite(TableStatus.Changed, null), late);
        Assert.Equal(2, await ValueAsync(tables, "p", "r"));
    }

    [Fact]
    public async Task Replacing_a_row_that_is_gone_is_refused()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r")), None);
        await tables.WriteAsync(table, new TableAction.Delete("p", "r"), None);

        var late = await tables.WriteAsync(table, new TableAction.Replace(Row("p", "r"), first.ETag!), None);

        Assert.Equal(new TableWrite(TableStatus.Missing, null), late);
        Assert.Null(await tables.GetAsync(table, "p", "r", None));
    }

    [Fact]
    public async Task An_etag_from_before_a_delete_does_not_fit_the_row_inserted_after_it()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 1)), None);
        await tables.WriteAsync(table, new TableAction.Delete("p", "r"), None);
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 1)), None);

        var late = await tables.WriteAsync(table, new TableAction.Replace(Row("p", "r", "v", 2), first.ETag!), None);

        Assert.Equal(TableStatus.Changed, late.Status);
    }

    [Fact]
    public async Task The_etag_changes_even_when_the_values_do_not()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", "v", 1)), None);

        var second = await tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", "v", 1)), None);

        Assert.NotEqual(first.ETag, second.ETag);
    }

    [Fact]
    public async Task A_delete_without_an_etag_takes_any_version()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r")), None);

        var delete = await tables.WriteAsync(table, new TableAction.Delete("p", "r"), None);

        Assert.Equal(new TableWrite(TableStatus.Done, null), delete);
        Assert.Null(await tables.GetAsync(table, "p", "r", None));
    }

    [Fact]
    public async Task A_delete_with_an_etag_takes_only_that_version()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r")), None);
        var second = await tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r")), None);

        var late = await tables.WriteAsync(table, new TableAction.Delete("p", "r", first.ETag), None);
        var right = await tables.WriteAsync(table, new TableAction.Delete("p", "r", second.ETag), None);

        Assert.Equal((TableStatus.Changed, TableStatus.Done), (late.Status, right.Status));
    }

    [Fact]
    public async Task Deleting_an_absent_row_is_answered_with_missing()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r")), None);
        await tables.WriteAsync(table, new TableAction.Delete("p", "r"), None);

        var any = await tables.WriteAsync(table, new TableAction.Delete("p", "r"), None);
        var version = await tables.WriteAsync(table, new TableAction.Delete("p", "r", first.ETag), None);

        Assert.Equal((TableStatus.Missing, TableStatus.Missing), (any.Status, version.Status));
    }

    [Fact]
    public async Task Of_writers_racing_to_insert_one_row_exactly_one_wins()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "other")), None);

        var writes = await RaceAsync(i => tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", i)), None));

        var winner = Assert.Single(Enumerable.Range(0, writes.Length), i => writes[i].Done);
        Assert.All(writes.Where(write => !write.Done), write => Assert.Equal(TableStatus.Exists, write.Status));
        Assert.Equal(winner, await ValueAsync(tables, "p", "r"));
    }

    [Fact]
    public async Task Of_writers_racing_to_replace_one_version_exactly_one_wins()
    {
        var tables = await CreateAsync();
        var first = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", -1)), None);

        var writes = await RaceAsync(i => tables.WriteAsync(table, new TableAction.Replace(Row("p", "r", "v", i), first.ETag!), None));

        var winner = Assert.Single(Enumerable.Range(0, writes.Length), i => writes[i].Done);
        Assert.All(writes.Where(write => !write.Done), write => Assert.Equal(TableStatus.Changed, write.Status));
        Assert.Equal(winner, await ValueAsync(tables, "p", "r"));
    }

    [Fact]
    public async Task Counting_up_under_etags_loses_no_step()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 0)), None);

        await RaceAsync(async _ =>
        {
            while (true)
            {
                var row = (await tables.GetAsync(table, "p", "r", None))!;
                var next = Row("p", "r", "v", row.Value<int>("v")!.Value + 1);
                if ((await tables.WriteAsync(table, new TableAction.Replace(next, row.ETag!), None)).Done)
                    return true;
            }
        });

        Assert.Equal(Racers, await ValueAsync(tables, "p", "r"));
    }

    [Fact]
    public async Task Tables_do_not_see_each_others_rows()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r")), None);
        await tables.WriteAsync(table + "x", new TableAction.Insert(Row("p", "other")), None);

        Assert.Null(await tables.GetAsync(table + "x", "p", "r", None));
        Assert.Single(await AllAsync(tables, TableRange.All));
    }

    [Fact]
    public async Task A_table_name_has_no_case()
    {
        var tables = await CreateAsync();
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 1)), None);
        var upper = table.ToUpperInvariant();

        Assert.Equal(1, (await tables.GetAsync(upper, "p", "r", None))?.Value<int>("v"));
        Assert.Single((await tables.QueryAsync(upper, TableRange.All, 1, null, None)).Rows);
        Assert.Equal(TableStatus.Exists, (await tables.WriteAsync(upper, new TableAction.Insert(Row("p", "r")), None)).Status);
    }

    [Fact]
    public async Task Writes_to_a_table_nobody_wrote_find_nothing()
    {
        var tables = await CreateAsync();

        var replace = await tables.WriteAsync(table, new TableAction.Replace(Row("p", "r"), await StrangeETagAsync(tables)), None);
        var delete = await tables.WriteAsync(table, new TableAction.Delete("p", "r"), None);

        Assert.Equal((TableStatus.Missing, TableStatus.Missing), (replace.Status, delete.Status));
    }

    private async Task<string> StrangeETagAsync(ITableStore tables) =>
        (await tables.WriteAsync(table + "x", new TableAction.Upsert(Row("p", "r")), None)).ETag!;

    private const int Racers = 8;

    private static Task<T[]> RaceAsync<T>(Func<int, Task<T>> write) =>
        Task.WhenAll(Enumerable.Range(0, Racers).Select(i => Task.Run(() => write(i))));

    private static TableRow Row(string partition, string row, string? name = null, object? value = null) =>
        new(partition, row, name is null ? new Dictionary<string, object>() : new Dictionary<string, object> { [name] = value! });

    private async Task<int?> ValueAsync(ITableStore tables, string partition, string row) =>
        (await tables.GetAsync(table, partition, row, None))?.Value<int>("v");

    private async Task<List<TableRow>> AllAsync(ITableStore tables, TableRange range, int take = TableLimits.MaxTake)
    {
        var rows = new List<TableRow>();
        string? continuation = null;
        do
        {
            var page = await tables.QueryAsync(table, range, take, continuation, None);
            Assert.True(page.Rows.Count <= take);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }
}
