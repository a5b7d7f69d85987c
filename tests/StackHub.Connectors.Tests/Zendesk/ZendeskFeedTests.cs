using StackHub.Connecting;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Zendesk;

/// <summary>The users' export: held back for a minute, cursors that end, staff in between.</summary>
public sealed class ZendeskFeedTests
{
    [Fact]
    public async Task The_last_minute_is_told_when_it_is_over()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { ExportHoldBack = TimeSpan.FromMinutes(1) });
        var from = FeedPosition.At(vendor.Time.GetUtcNow().AddSeconds(-5));
        var id = vendor.Seed("users", ("email", "a@example.com"));
        var connector = vendor.Connect();

        var tooSoon = await Some.All(connector.ChangesAsync("users", ["email"], from, vendor.Time.GetUtcNow(), default));
        vendor.Time.Advance(TimeSpan.FromSeconds(65));
        var later = await Some.All(connector.ChangesAsync("users", ["email"], from, vendor.Time.GetUtcNow().AddSeconds(-60), default));

        Assert.Empty(tooSoon);
        Assert.Equal(id, Assert.Single(later.SelectMany(page => page.Changes)).Ref.Id);
        Assert.True(connector.Info.Objects.All(type => type.IndexLag > TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_cursor_that_has_ended_is_begun_anew_without_loss_or_repetition()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { CursorLife = TimeSpan.Zero });
        var from = FeedPosition.At(vendor.Time.GetUtcNow().AddSeconds(-5));
        List<string> ids = [];
        for (var number = 0; number < 9; number++)
        {
            ids.Add(vendor.Seed("users", ("email", $"u{number}@example.com")));
            vendor.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var pages = await Some.All(vendor.Connect(("exportPage", "3")).ChangesAsync("users", ["email"], from, vendor.Time.GetUtcNow(), default));

        Assert.Equal(ids, pages.SelectMany(page => page.Changes).Select(change => change.Ref.Id));
    }

    [Fact]
    public async Task A_cursor_that_is_always_refused_in_one_second_is_an_error_and_not_a_loop()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { CursorLife = TimeSpan.Zero });
        var from = FeedPosition.At(vendor.Time.GetUtcNow().AddSeconds(-5));
        vendor.Time.Hold();
        for (var number = 0; number < 5; number++)
            vendor.Seed("users", ("email", $"u{number}@example.com"));
        vendor.Time.Release();
        vendor.Time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<VendorUnavailableException>(() => Some.All(vendor.Connect(("exportPage", "2")).ChangesAsync("users", ["email"], from, vendor.Time.GetUtcNow(), default)));
    }

    [Fact]
    public async Task Staff_is_left_out_and_every_page_counts_as_an_export()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        var from = FeedPosition.At(vendor.Time.GetUtcNow().AddSeconds(-5));
        vendor.Seed("users", ("email", "agent@example.com"), ("role", "admin"));
        var id = vendor.Seed("users", ("email", "a@example.com"));
        var budget = new FakeBudget(TimeProvider.System);
        vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var pages = await Some.All(vendor.Connect(budget, ("exportPage", "1")).ChangesAsync("users", ["email"], from, vendor.Time.GetUtcNow(), default));

        Assert.Equal(id, Assert.Single(pages.SelectMany(page => page.Changes)).Ref.Id);
        Assert.Equal(["export", "export"], budget.Taken);
    }

    [Fact]
    public async Task Ten_exports_a_minute_are_declared()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);

        var limits = vendor.Connect(("callsPerMinute", "665"), ("exportsPerMinute", "10")).Info.Limits;

        Assert.Equal([new("*", 665, TimeSpan.FromMinutes(1)), new("export", 10, TimeSpan.FromMinutes(1))], limits);
    }
}
