using StackHub.Connecting;
using SandboxSettings = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoOptions;

namespace StackHub.Connectors.Tests.Klaviyo;

/// <summary>Lists whose cursors are gone as soon as they are given.</summary>
public sealed class KlaviyoFeedTests : KlaviyoTest
{
    private protected override SandboxSettings Settings => new() { EnforceLimits = false, CursorLife = TimeSpan.FromTicks(-1) };

    [Fact]
    public async Task A_feed_whose_cursors_get_lost_still_tells_each_change_once_and_in_order()
    {
        var from = Vendor.Sandbox.Clock.Now;
        var ids = SeedOverTime(250);

        var told = await FeedAsync(FeedPosition.At(from), Vendor.Sandbox.Clock.Now);

        Assert.Equal(ids.Order(), told.Select(change => change.Ref.Id).Order());
        Assert.Equal(told.Select(TimeOf).Order(), told.Select(TimeOf));
    }

    [Fact]
    public async Task A_scan_whose_cursors_get_lost_still_reads_everybody_once()
    {
        var ids = SeedOverTime(250);

        var pages = await Some.All(Connect().ScanAsync("profiles", ["email"], null, default));

        Assert.Equal(ids, pages.SelectMany(page => page.Records).Select(record => record.Ref.Id));
    }

    [Fact]
    public async Task More_than_a_page_in_one_second_with_lost_cursors_is_an_error_and_no_endless_loop()
    {
        var from = Vendor.Sandbox.Clock.Now;
        Vendor.Time.Hold();
        for (var i = 0; i < 150; i++)
            Seed(("email", $"p{i}@example.com"));
        Vendor.Time.Release();

        await Assert.ThrowsAsync<VendorUnavailableException>(() => FeedAsync(FeedPosition.At(from.AddSeconds(-1)), from.AddSeconds(5)));
        await Assert.ThrowsAsync<VendorUnavailableException>(() => Some.All(Connect().ScanAsync("profiles", ["email"], null, default)));
    }

    [Fact]
    public async Task A_deleted_profile_is_not_in_the_feed_but_a_read_finds_it_gone()
    {
        var from = Vendor.Sandbox.Clock.Now.AddSeconds(-2);
        var (kept, gone) = (Seed(("email", "kept@example.com")), Seed(("email", "gone@example.com")));
        Vendor.Delete("profiles", gone);

        var told = await FeedAsync(FeedPosition.At(from), Vendor.Sandbox.Clock.Now);
        var read = await Connect().ReadAsync("profiles", ["email"], [kept, gone], default);

        Assert.Equal(kept, Assert.Single(told).Ref.Id);
        Assert.IsType<Change.Deleted>(read[1]);
    }

    [Fact]
    public async Task A_position_inside_a_second_reads_that_second_again()
    {
        var id = Seed(("email", "ada@example.com"));
        var position = FeedPosition.At(DateTimeOffset.FromUnixTimeSeconds(Vendor.Sandbox.Clock.Now.ToUnixTimeSeconds()).AddMilliseconds(999));

        var told = await FeedAsync(position, position.Time.AddSeconds(3));

        Assert.Equal(id, Assert.Single(told).Ref.Id);
    }

    private List<string> SeedOverTime(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(Seed(("email", $"p{i}@example.com")));
            if (i % 7 == 0)
                Vendor.Sandbox.Clock.Advance(TimeSpan.FromMilliseconds(400));
        }

        return ids;
    }

    private async Task<List<Change>> FeedAsync(FeedPosition from, DateTimeOffset until) =>
        [.. (await Some.All(Connect().ChangesAsync("profiles", ["email"], from, until, default))).SelectMany(page => page.Changes)];

    private static DateTimeOffset TimeOf(Change change) => ((Change.Seen)change).Record.ModifiedAt;
}
