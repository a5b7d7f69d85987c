using StackHub.Storage;
using Xunit;

namespace StackHub.Testing.Storage;

public abstract partial class TableStoreContract
{
    public static TheoryData<string> GoodKeys =>
        ["", "a b", "it's", "100%", "a+b", "a:b|c@d", "Grüße", "你好", "{\"x\":[1]}&=;,~!$()*", " ", new string('k', TableLimits.MaxKeyChars)];

    public static TheoryData<string> BadKeys =>
        ["a/b", "a\\b", "a#b", "a?b", "a\tb", "a\nb", "\u0000", "\u007f", "\u0085", new string('k', TableLimits.MaxKeyChars + 1)];

    [Fact]
    public async Task Values_of_every_type_come_back_exactly()
    {
        var tables = await CreateAsync();
        var time = new DateTimeOffset(2026, 3, 29, 2, 30, 15, TimeSpan.Zero).AddTicks(1_234_567);
        var values = new Dictionary<string, object>
        {
            ["Text"] = "Grüße, 你好 🚀 \"quoted\" <b>&amp;</b>\r\n\ttabbed",
            ["EmptyText"] = "",
            ["NumberText"] = "1",
            ["TimeText"] = "2026-03-29T02:30:15Z",
            ["Yes"] = true,
            ["No"] = false,
            ["IntMin"] = int.MinValue,
            ["IntMax"] = int.MaxValue,
            ["Zero"] = 0,
            ["LongMin"] = long.MinValue,
            ["LongMax"] = long.MaxValue,
            ["SmallLong"] = 1L,
            ["WholeDouble"] = 1.0,
            ["Double"] = 0.1 + 0.2,
            ["DoubleMax"] = double.MaxValue,
            ["DoubleSmall"] = double.Epsilon,
            ["NotANumber"] = double.NaN,
            ["Infinity"] = double.PositiveInfinity,
            ["NegativeInfinity"] = double.NegativeInfinity,
            ["Time"] = time,
            ["WholeSecond"] = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["OldestTime"] = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ["NewestTime"] = DateTimeOffset.MaxValue,
            ["Id"] = new Guid("0195d3c8-7b7a-7c1e-9f0a-0123456789ab"),
            ["Bytes"] = new byte[] { 0, 1, 254, 255 },
            ["NoBytes"] = Array.Empty<byte>(),
            ["_under_score9"] = "name",
        };

        await tables.WriteAsync(table, new TableAction.Insert(new TableRow("p", "r", values)), None);

        var read = (await tables.GetAsync(table, "p", "r", None))!;
        Assert.Equal(values.Keys.Order(StringComparer.Ordinal), read.Values.Keys.Order(StringComparer.Ordinal));
        Assert.All(values, value => Assert.Equal(value.Value, read.Values[value.Key]));
        Assert.All(values, value => Assert.IsType(value.Value.GetType(), read.Values[value.Key]));
        var listed = Assert.Single(await AllAsync(tables, TableRange.In("p")));
        Assert.All(values, value => Assert.Equal(value.Value, listed.Values[value.Key]));
    }

    [Fact]
    public async Task A_time_comes_back_as_the_same_moment_in_utc()
    {
        var tables = await CreateAsync();
        var time = new DateTimeOffset(2026, 3, 29, 2, 30, 15, TimeSpan.FromHours(5.5)).AddTicks(1);

        await tables.WriteAsync(table, new TableAction.Insert(Row("p", "r", "At", time)), None);

        var read = (await tables.GetAsync(table, "p", "r", None))!.Value<DateTimeOffset>("At")!.Value;
        Assert.Equal((time.UtcTicks, TimeSpan.Zero), (read.UtcTicks, read.Offset));
    }

    [Theory]
    [MemberData(nameof(GoodKeys))]
    public async Task A_key_may_hold_any_text_without_the_forbidden_characters(string key)
    {
        var tables = await CreateAsync();

        await tables.WriteAsync(table, new TableAction.Insert(Row(key, "r", "v", 1)), None);
        await tables.WriteAsync(table, new TableAction.Insert(Row("p", key, "v", 2)), None);

        Assert.Equal((1, 2), (await ValueAsync(tables, key, "r"), await ValueAsync(tables, "p", key)));
        Assert.Equal(key, Assert.Single(await AllAsync(tables, TableRange.In("p"))).Row);
        Assert.Equal(key, Assert.Single(await AllAsync(tables, TableRange.In(key))).Partition);
    }

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_key_with_a_forbidden_character_or_too_long_is_refused(string key)
    {
        var tables = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(table, new TableAction.Insert(Row(key, "r")), None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(table, new TableAction.Delete("p", key), None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.GetAsync(table, "p", key, None));
    }

    [Fact]
    public async Task A_key_with_half_a_surrogate_pair_is_refused()
    {
        var tables = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(table, new TableAction.Insert(Row("a\ud83d", "r")), None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.GetAsync(table, "p", "\ude80a", None));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Tables")]
    [InlineData("1table")]
    [InlineData("my-table")]
    [InlineData("my_table")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789abcd")]
    public async Task A_table_name_outside_the_rules_is_refused(string bad)
    {
        var tables = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(bad, new TableAction.Insert(Row("p", "r")), None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.GetAsync(bad, "p", "r", None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.QueryAsync(bad, TableRange.All, 1, null, None));
    }

    [Fact]
    public async Task A_table_name_of_63_characters_is_taken()
    {
        var tables = await CreateAsync();
        var longest = (table + new string('z', 63))[..63];

        Assert.True((await tables.WriteAsync(longest, new TableAction.Insert(Row("p", "r")), None)).Done);
    }

    [Fact]
    public Task Text_has_at_most_32768_characters() =>
        BoundaryAsync(size => Row("p", "r", "v", new string('ä', size)), TableLimits.MaxTextChars);

    [Fact]
    public Task Binary_has_at_most_65536_bytes() =>
        BoundaryAsync(size => Row("p", "r", "v", new byte[size]), TableLimits.MaxBinaryBytes);

    [Fact]
    public Task A_row_has_at_most_252_properties() =>
        BoundaryAsync(size => new TableRow("p", "r", Enumerable.Range(0, size).ToDictionary(i => $"P{i}", i => (object)i)), TableLimits.MaxProperties);

    [Fact]
    public Task A_row_has_at_most_one_mebibyte() =>
        BoundaryAsync(size => RowOf("p", "r", size), TableLimits.MaxRowBytes, step: 2);

    [Theory]
    [InlineData("")]
    [InlineData("a-b")]
    [InlineData("1a")]
    [InlineData("PartitionKey")]
    [InlineData("Timestamp")]
    public async Task A_property_name_outside_the_rules_is_refused(string name)
    {
        var tables = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", name, 1)), None));
    }

    [Fact]
    public async Task A_value_of_another_type_or_before_1601_is_refused()
    {
        var tables = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", "v", 1.5m)), None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(table, new TableAction.Upsert(Row("p", "r", "v", new DateTimeOffset(1600, 12, 31, 0, 0, 0, TimeSpan.Zero))), None));
    }

    private async Task BoundaryAsync(Func<int, TableRow> row, int largest, int step = 1)
    {
        var tables = await CreateAsync();

        var taken = await tables.WriteAsync(table, new TableAction.Insert(row(largest)), None);

        Assert.True(taken.Done);
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAsync(table, new TableAction.Upsert(row(largest + step)), None));
        await Assert.ThrowsAsync<ArgumentException>(() => tables.WriteAllAsync(table, [new TableAction.Upsert(row(largest + step))], None));
        Assert.Equal(taken.ETag, (await tables.GetAsync(table, "p", "r", None))?.ETag);
    }

    /// <summary>A row of exactly so many bytes by Azure's sum: text counts two a character, every property twelve and its name.</summary>
    private static TableRow RowOf(string partition, string row, int bytes)
    {
        var rest = bytes - 4 - 2 * (partition.Length + row.Length);
        var values = new Dictionary<string, object>();
        while (rest > 0)
        {
            var name = $"T{values.Count:00}";
            var overhead = 12 + 2 * name.Length;
            var length = Math.Min((rest - overhead) / 2, TableLimits.MaxTextChars);
            if (rest - overhead - 2 * length is > 0 and < 64) // leave room for one property more
                length -= 32;
            values[name] = new string('x', length);
            rest -= overhead + 2 * length;
        }
        return new TableRow(partition, row, values);
    }
}
