using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Tests.Intercom;

public sealed class IntercomContactFeedTests : IDisposable
{
    private readonly FakeIntercom vendor = new();
    private readonly DateTimeOffset noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public void Dispose() => vendor.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(-11)]
    [InlineData(13)]
    public async Task Whole_day_filters_in_any_time_zone_lose_nothing(int hours)
    {
        vendor.WorkspaceOffset = TimeSpan.FromHours(hours);
        for (var h = -60; h <= 10; h++)
            vendor.Contact($"c{h + 100:000}", noon.AddHours(h).ToUnixTimeSeconds());

        var pages = await Changes(FeedPosition.At(noon.AddHours(-30)), noon);

        Assert.Equal(Enumerable.Range(70, 31).Select(n => $"c{n:000}"), Ids(pages));
    }

    [Fact]
    public async Task A_position_inside_a_second_resumes_after_its_id()
    {
        for (var n = 1; n <= 5; n++)
            vendor.Contact($"c{n}", noon.ToUnixTimeSeconds());

        var pages = await Changes(new FeedPosition(noon, "c2"), noon);

        Assert.Equal(["c3", "c4", "c5"], Ids(pages));
        Assert.Equal(new FeedPosition(noon, "c5"), pages[^1].Position);
    }

    [Fact]
    public async Task Ten_thousand_contacts_of_one_second_come_in_order_of_their_ids()
    {
        for (var n = 0; n < 10_050; n++)
            vendor.Contact($"c{n:00000}", noon.ToUnixTimeSeconds());
        vendor.Contact("later", noon.AddSeconds(1).ToUnixTimeSeconds());

        var pages = await Changes(FeedPosition.At(noon.AddHours(-1)), noon);

        Assert.Equal(Enumerable.Range(0, 10_050).Select(n => $"c{n:00000}"), Ids(pages));
        Assert.All(pages, p => Assert.Equal(p.Changes[^1].Ref.Id, p.Position.Id));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(60, false)]
    [InlineData(60, true)]
    public async Task A_long_window_comes_oldest_first_and_resumes_anywhere(int spread, bool ignoresSort)
    {
        vendor.IgnoresSort = ignoresSort;
        for (var n = 0; n < 4_000; n++)
            vendor.Contact($"c{4_000 - n:0000}", noon.AddSeconds(-n / 3 * spread).ToUnixTimeSeconds());

        var pages = await Changes(FeedPosition.At(noon.AddDays(-3)), noon);
        var rest = await Changes(pages[7].Position, noon);

        var changes = pages.SelectMany(p => p.Changes).Cast<Change.Seen>().ToList();
        Assert.Equal(4_000, changes.Select(c => c.Ref.Id).Distinct().Count());
        Assert.Equal(changes.OrderBy(c => c.Record.ModifiedAt).ThenBy(c => c.Ref.Id, StringComparer.Ordinal), changes);
        Assert.Equal(Ids(pages[8..]), Ids(rest));
    }

    [Fact]
    public async Task A_contact_that_changes_while_it_is_read_loses_no_other()
    {
        for (var n = 0; n < 400; n++)
            vendor.Contact($"c{n:000}", noon.AddSeconds(-n).ToUnixTimeSeconds());
        var moved = false;
        vendor.After = sent =>
        {
            if (moved)
                return;
            moved = true;
            vendor.Contacts["c010"]["updated_at"] = noon.AddMinutes(1).ToUnixTimeSeconds();
        };

        var pages = await Changes(FeedPosition.At(noon.AddHours(-1)), noon);

        Assert.Equal(400, Ids(pages).Distinct().Count());
    }

    [Fact]
    public async Task A_short_window_reads_no_more_than_its_tail()
    {
        for (var n = 0; n < 2_000; n++)
            vendor.Contact($"c{n:0000}", noon.AddSeconds(-n * 10).ToUnixTimeSeconds());

        await Changes(FeedPosition.At(noon.AddMinutes(-1)), noon);

        Assert.Single(vendor.Requests);
    }

    [Fact]
    public async Task Only_operators_the_vendor_has_on_dates_are_used()
    {
        await Changes(FeedPosition.At(noon), noon);

        var filters = vendor.Requests[0].Body!["query"]!["value"]!.AsArray();
        Assert.Equal([">", "<"], filters.Select(f => (string)f!["operator"]!));
        Assert.Equal("""{"field":"updated_at","order":"descending"}""", vendor.Requests[0].Body!["sort"]!.ToJsonString());
    }

    [Fact]
    public async Task A_cursor_without_progress_is_an_error()
    {
        vendor.Contact("c1", noon.ToUnixTimeSeconds());
        vendor.Before = sent => FakeIntercom.Ok(new JsonObject
        {
            ["data"] = new JsonArray(vendor.Contacts["c1"].DeepClone()),
            ["pages"] = new JsonObject { ["next"] = new JsonObject { ["starting_after"] = "same" } },
        });

        await Assert.ThrowsAsync<VendorUnavailableException>(() => Changes(FeedPosition.At(noon.AddHours(-1)), noon));
    }

    [Fact]
    public async Task An_answer_out_of_order_is_an_error()
    {
        vendor.Contact("c1", noon.AddSeconds(-5).ToUnixTimeSeconds());
        vendor.Contact("c2", noon.ToUnixTimeSeconds());
        vendor.Before = sent => FakeIntercom.Ok(new JsonObject { ["data"] = new JsonArray([.. vendor.Contacts.Values.Select(c => c.DeepClone())]) });

        await Assert.ThrowsAsync<VendorUnavailableException>(() => Changes(FeedPosition.At(noon.AddHours(-1)), noon));
    }

    private async Task<List<FeedPage>> Changes(FeedPosition from, DateTimeOffset until) =>
        await Some.All(Some.Connector(vendor).ChangesAsync("contacts", Some.ContactFields, from, until, default));

    private static IEnumerable<string> Ids(IEnumerable<FeedPage> pages) => pages.SelectMany(p => p.Changes).Select(c => c.Ref.Id);
}
