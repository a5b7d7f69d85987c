using StackHub.Storage;

namespace StackHub.Sqlite.Tests;

/// <summary>What the embedded store promises beyond the contracts, or does with its own limits.</summary>
public sealed class SqliteDetailsTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SqliteFolder folder = new();

    [Fact]
    public async Task Messages_come_in_the_order_they_became_visible_then_in_the_order_they_were_sent()
    {
        var queue = new SqliteQueue(await folder.OpenAsync());
        await queue.SendAsync("work", "late", TimeSpan.FromSeconds(2), None);
        await queue.SendAsync("work", "early", TimeSpan.FromSeconds(1), None);
        foreach (var body in (string[])["a", "b", "c"])
            await queue.SendAsync("work", body, TimeSpan.Zero, None);
        folder.Time.Advance(TimeSpan.FromSeconds(3));

        var messages = await queue.ReceiveAsync("work", 32, TimeSpan.FromSeconds(1), None);

        Assert.Equal(["a", "b", "c", "early", "late"], messages.Select(message => message.Body));
    }

    [Fact]
    public async Task An_empty_body_is_a_message()
    {
        var queue = new SqliteQueue(await folder.OpenAsync());

        await queue.SendAsync("work", "", TimeSpan.Zero, None);

        Assert.Equal("", Assert.Single(await queue.ReceiveAsync("work", 1, TimeSpan.FromSeconds(1), None)).Body);
    }

    [Fact]
    public async Task A_receipt_is_stale_after_a_receipt_in_the_same_moment()
    {
        var queue = new SqliteQueue(await folder.OpenAsync());
        await queue.SendAsync("work", "a", TimeSpan.Zero, None);
        var first = Assert.Single(await queue.ReceiveAsync("work", 1, TimeSpan.FromSeconds(1), None));
        var released = await queue.ExtendAsync(first, TimeSpan.Zero, None);
        var second = Assert.Single(await queue.ReceiveAsync("work", 1, TimeSpan.FromSeconds(1), None));

        Assert.False(await queue.DeleteAsync(first, None));
        Assert.False(await queue.DeleteAsync(released!, None));
        Assert.True(await queue.DeleteAsync(second, None));
    }

    [Fact]
    public async Task The_count_is_right_after_sends_and_deletes_in_one_group()
    {
        var queue = new SqliteQueue(await folder.OpenAsync());
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => queue.SendAsync("work", $"{i}", TimeSpan.Zero, None)));
        var messages = await queue.ReceiveAsync("work", 20, TimeSpan.FromMinutes(1), None);

        await Task.WhenAll(messages.Select(message => (Task)queue.DeleteAsync(message, None)).Append(queue.SendAsync("work", "more", TimeSpan.Zero, None)));

        Assert.Equal(31, await queue.CountAsync("work", None));
    }

    [Fact]
    public async Task Keys_beyond_the_basic_plane_sort_by_utf16_unit_and_are_found_by_prefix()
    {
        var tables = new SqliteTables(await folder.OpenAsync());
        string[] keys = ["a\uFFFD", "a🚀", "a\uD7FF", "aé", "az", "a🚀b"];
        foreach (var key in keys)
            await tables.WriteAsync("rows", new TableAction.Insert(new TableRow("p", key, new Dictionary<string, object>())), None);

        var all = await tables.QueryAsync("rows", TableRange.Prefix("p", "a"), 10, null, None);
        var rockets = await tables.QueryAsync("rows", TableRange.Prefix("p", "a🚀"), 10, null, None);

        Assert.Equal(keys.Order(StringComparer.Ordinal), all.Rows.Select(row => row.Row));
        Assert.Equal(["a🚀", "a🚀b"], rockets.Rows.Select(row => row.Row));
    }

    [Fact]
    public async Task A_table_name_has_no_case_as_on_azure()
    {
        var database = await folder.OpenAsync();
        await new SqliteTables(database).WriteAsync("People", new TableAction.Insert(new TableRow("p", "r", new Dictionary<string, object>())), None);

        Assert.NotNull(await new SqliteTables(database).GetAsync("people", "p", "r", None));
    }

    [Fact]
    public async Task A_page_of_large_rows_ends_early_and_goes_on()
    {
        var tables = new SqliteTables(await folder.OpenAsync());
        var large = Enumerable.Range(0, 15).ToDictionary(i => $"P{i}", _ => (object)new byte[60_000]);
        for (var i = 0; i < 12; i++)
            await tables.WriteAsync("rows", new TableAction.Insert(new TableRow("p", $"{i:00}", large)), None);

        var first = await tables.QueryAsync("rows", TableRange.All, 1_000, null, None);
        var second = await tables.QueryAsync("rows", TableRange.All, 1_000, first.Continuation, None);

        Assert.InRange(first.Rows.Count, 1, 11);
        Assert.Equal($"{first.Rows.Count:00}", second.Rows[0].Row);
    }

    [Fact]
    public async Task More_blobs_than_fit_a_page_are_listed()
    {
        var blobs = new SqliteBlobs(await folder.OpenAsync());
        await Task.WhenAll(Enumerable.Range(0, 1_001).Select(i => blobs.PutAsync($"a/{i:0000}", new byte[] { 1 }, None)));
        await blobs.PutAsync("b", new byte[] { 1 }, None);

        var names = new List<string>();
        await foreach (var name in blobs.ListAsync("a/", None))
            names.Add(name);

        Assert.Equal(Enumerable.Range(0, 1_001).Select(i => $"a/{i:0000}"), names);
    }

    [Fact]
    public async Task A_million_stamps_later_etags_are_still_new()
    {
        var database = await folder.OpenAsync();
        var stamps = await database.WriteAsync(0, static (writer, _) =>
        {
            var first = writer.NextStamp();
            var last = first;
            for (var i = 0; i < 1_000_001; i++)
            {
                var next = writer.NextStamp();
                if (next <= last)
                    return (First: first, Last: first);
                last = next;
            }
            return (First: first, Last: last);
        });

        Assert.Equal(stamps.First + 1_000_001, stamps.Last);
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();
}
