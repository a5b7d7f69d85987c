using StackHub.Storage;
using Xunit;

namespace StackHub.Testing.Storage;

public abstract partial class TableStoreContract
{
    private static readonly (string Partition, string Row)[] Keys =
    [
        ("", "empty"), ("A", "1"), ("a", ""), ("a", "1"), ("a", "10"), ("a", "2"), ("a", "b"), ("a", "ä"), ("a b", "1"), ("ab", "1"), ("b", "1"), ("b", "2"), ("ö", "1"),
    ];

    [Fact]
    public async Task The_whole_table_is_read_in_ordinal_order_of_partition_and_row()
    {
        var tables = await FilledAsync();

        Assert.Equal(Keys, await KeysAsync(tables, TableRange.All));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(13)]
    [InlineData(1000)]
    public async Task Pages_of_any_size_give_every_row_once(int take)
    {
        var tables = await FilledAsync();

        Assert.Equal(Keys, (await AllAsync(tables, TableRange.All, take)).Select(row => (row.Partition, row.Row)));
        Assert.Equal(Keys[2..8], (await AllAsync(tables, TableRange.In("a"), take)).Select(row => (row.Partition, row.Row)));
    }

    [Fact]
    public async Task One_partition_is_read_without_its_neighbours()
    {
        var tables = await FilledAsync();

        Assert.Equal(Keys[2..8], await KeysAsync(tables, TableRange.In("a")));
        Assert.Equal(Keys[..1], await KeysAsync(tables, TableRange.In("")));
        Assert.Empty(await KeysAsync(tables, TableRange.In("aa")));
    }

    [Fact]
    public async Task Row_bounds_include_the_lower_and_exclude_the_upper()
    {
        var tables = await FilledAsync();

        Assert.Equal([("a", "1"), ("a", "10"), ("a", "2")], await KeysAsync(tables, TableRange.In("a", "1", "b")));
        Assert.Equal([("a", "2"), ("a", "b"), ("a", "ä")], await KeysAsync(tables, TableRange.In("a", fromRow: "2")));
        Assert.Equal([("a", ""), ("a", "1")], await KeysAsync(tables, TableRange.In("a", toRow: "10")));
        Assert.Empty(await KeysAsync(tables, TableRange.In("a", "2", "2")));
        Assert.Empty(await KeysAsync(tables, TableRange.In("a", "b", "1")));
    }

    [Fact]
    public async Task A_prefix_gives_the_rows_that_start_with_it()
    {
        var tables = await FilledAsync();

        Assert.Equal([("a", "1"), ("a", "10")], await KeysAsync(tables, TableRange.Prefix("a", "1")));
        Assert.Equal([("a", "ä")], await KeysAsync(tables, TableRange.Prefix("a", "ä")));
        Assert.Equal(Keys[2..8], await KeysAsync(tables, TableRange.Prefix("a", "")));
        Assert.Empty(await KeysAsync(tables, TableRange.Prefix("a", "3")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("z🚀")]
    [InlineData("z\ud7ff")]
    [InlineData("z\U0010ffff")]
    [InlineData("z\uffff")]
    public async Task A_prefix_gives_everything_that_starts_with_it_and_nothing_else(string prefix)
    {
        var tables = await CreateAsync();
        string[] inside = [prefix, prefix + "\ue000", prefix + "\uffff\uffff", prefix + "🚀", prefix + "a"];
        string[] outside = ["", "A", "b", "z", "zz", "z🚁", "z\ue000", "z\U00010000"];
        foreach (var row in inside.Concat(outside))
            await tables.WriteAsync(table, new TableAction.Upsert(Row("p", row)), None);

        Assert.Equal(inside.Order(StringComparer.Ordinal), (await KeysAsync(tables, TableRange.Prefix("p", prefix))).Select(key => key.Row));
    }

    [Fact]
    public async Task Partition_bounds_include_the_lower_and_exclude_the_upper()
    {
        var tables = await FilledAsync();

        Assert.Equal(Keys[2..10], await KeysAsync(tables, TableRange.Partitions("a", "b")));
        Assert.Equal(Keys[10..], await KeysAsync(tables, TableRange.Partitions("b", null)));
        Assert.Equal(Keys[..2], await KeysAsync(tables, TableRange.Partitions(null, "a")));
        Assert.Equal(Keys[8..10], await KeysAsync(tables, TableRange.Partitions("a ", "b")));
        Assert.Empty(await KeysAsync(tables, TableRange.Partitions("x", "z")));
    }

    [Fact]
    public async Task A_range_of_a_table_nobody_wrote_is_empty()
    {
        var tables = await CreateAsync();

        Assert.Empty(await AllAsync(tables, TableRange.All));
        Assert.Empty(await AllAsync(tables, TableRange.In("a")));
    }

    [Fact]
    public async Task Rows_of_a_range_carry_their_values_and_etags()
    {
        var tables = await CreateAsync();
        var write = await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "v", 7)), None);

        var row = Assert.Single(await AllAsync(tables, TableRange.In("p")));

        Assert.Equal((write.ETag, 7), (row.ETag, row.Value<int>("v")));
    }

    [Fact]
    public async Task A_continuation_goes_on_after_its_place_was_deleted()
    {
        var tables = await FilledAsync();
        var first = await tables.QueryAsync(table, TableRange.In("a"), 2, null, None);
        foreach (var (partition, row) in Keys[2..5])
            await tables.WriteAsync(table, new TableAction.Delete(partition, row), None);

        var rest = new List<string>();
        for (var continuation = first.Continuation; continuation is not null;)
        {
            var page = await tables.QueryAsync(table, TableRange.In("a"), 2, continuation, None);
            rest.AddRange(page.Rows.Select(row => row.Row));
            continuation = page.Continuation;
        }

        Assert.Equal(["2", "b", "ä"], rest);
    }

    [Fact]
    public async Task A_page_has_1_to_1000_rows()
    {
        var tables = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tables.QueryAsync(table, TableRange.All, 0, null, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tables.QueryAsync(table, TableRange.All, 1_001, null, None));
    }

    private async Task<ITableStore> FilledAsync()
    {
        var tables = await CreateAsync();
        foreach (var (partition, row) in Keys.Reverse())
            await tables.WriteAsync(table, new TableAction.Insert(Row(partition, row)), None);
        return tables;
    }

    private async Task<IEnumerable<(string Partition, string Row)>> KeysAsync(ITableStore tables, TableRange range) =>
        (await AllAsync(tables, range)).Select(row => (row.Partition, row.Row));
}
