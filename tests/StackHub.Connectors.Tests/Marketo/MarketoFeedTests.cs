using StackHub.Connecting;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoFeedTests : MarketoScene
{
    [Fact]
    public async Task A_paging_token_that_expires_in_the_middle_is_replaced_by_the_time_that_was_reached()
    {
        var from = NextSecond();
        var ids = Enumerable.Range(0, 950).Select(n => Seed($"p{n}@example.com")).ToList();
        var pages = 0;
        Before = operation =>
        {
            if (operation == "activities.leadChanges" && ++pages is 2 or 4)
                Vendor.Sandbox.ExpirePagingTokens();
        };
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var told = await FeedAsync(from);

        Assert.Equal(ids.Order(), told.Select(c => c.Ref.Id).Order());
        Assert.True(pages > 4);
    }

    [Fact]
    public async Task A_token_that_is_refused_again_and_again_is_an_error_and_no_loop()
    {
        var from = NextSecond();
        Before = operation =>
        {
            if (operation == "activities.leadChanges")
                Vendor.Sandbox.ExpirePagingTokens();
        };
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<VendorUnavailableException>(() => FeedAsync(from));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_merge_moves_the_loser_and_tells_the_winner_anew(bool toldAsDeletionToo)
    {
        await StartAsync(new() { MergedLeadsAreDeleted = toldAsDeletionToo });
        var (winner, loser) = (Seed("w@example.com"), Seed("l@example.com"));
        var from = NextSecond();
        Vendor.Merge(winner, loser);
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var told = await FeedAsync(from);

        Assert.Equal(winner, Assert.Single(told.OfType<Change.Moved>()).To.Id);
        Assert.Equal(winner, Assert.Single(told.OfType<Change.Seen>()).Ref.Id);
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task A_custom_field_is_dated_by_the_log_because_updatedAt_stays_behind()
    {
        var id = Seed("a@example.com");
        var before = NextSecond();
        Vendor.Edit("leads", id, new Dictionary<string, string?> { ["stackhubId"] = "edited" });
        var at = Vendor.Time.GetUtcNow();
        Vendor.Time.Advance(TimeSpan.FromHours(1));

        var seen = Assert.IsType<Change.Seen>(Assert.Single(await FeedAsync(before, fields: ["stackhubId", "title"])));

        Assert.InRange(seen.Record.Fields["stackhubId"].At!.Value, at.AddSeconds(-2), at);
        Assert.Null(seen.Record.Fields["title"].At);
        Assert.Equal(seen.Record.Fields["stackhubId"].At, seen.Record.ModifiedAt);
    }

    [Fact]
    public async Task An_opt_out_counts_for_every_lead_with_the_address_and_the_feed_tells_all()
    {
        var ids = new[] { Seed("shared@example.com"), Seed("shared@example.com") };
        var from = NextSecond();
        await WriteAsync(Some.Lead(1, Some.Field("unsubscribed", "true", Mapping.FieldType.Boolean)) with { Target = ids[0] });
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var told = await FeedAsync(from);

        Assert.Equal(ids, told.Select(c => c.Ref.Id).Order());
        Assert.All(told, c => Assert.Equal("true", ((Change.Seen)c).Record.Fields["unsubscribed"].Text));
    }

    [Fact]
    public async Task A_window_of_several_days_is_told_in_slices_whose_positions_grow()
    {
        var from = NextSecond();
        var first = Seed("a@example.com");
        Vendor.Time.Advance(TimeSpan.FromDays(2));
        var second = Seed("b@example.com");
        Vendor.Time.Advance(TimeSpan.FromDays(1));
        var until = Vendor.Time.GetUtcNow();

        var pages = await Some.All(Connector.ChangesAsync("leads", Some.LeadFields, FeedPosition.At(from), until, default));

        Assert.Equal([first, second], pages.SelectMany(p => p.Changes).Select(c => c.Ref.Id));
        Assert.Equal(pages.Select(p => p.Position.Time).Order(), pages.Select(p => p.Position.Time));
        Assert.Equal(until, pages[^1].Position.Time);
    }

    [Fact]
    public async Task A_change_that_is_logged_late_is_not_told_before_and_is_told_then()
    {
        var from = NextSecond();
        Vendor.Sandbox.Faults.SearchLag = TimeSpan.FromMinutes(2);
        var id = Seed("late@example.com");
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var early = await FeedAsync(from);
        Vendor.Time.Advance(TimeSpan.FromMinutes(3));
        var late = await FeedAsync(from);

        Assert.Empty(early);
        Assert.Equal(id, Assert.Single(late).Ref.Id);
    }

    [Fact]
    public async Task Companies_are_told_by_their_leads()
    {
        Vendor.Seed("companies", new Dictionary<string, string?> { ["externalCompanyId"] = "c-1", ["company"] = "Acme" });
        var lead = Seed("a@example.com");
        var from = NextSecond();
        Vendor.Edit("leads", lead, new Dictionary<string, string?> { ["externalCompanyId"] = "c-1" });
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var told = await FeedAsync(from, "companies", ["company"]);

        Assert.Equal(("c-1", "Acme"), Assert.Single(told) is Change.Seen seen ? (seen.Ref.Id, seen.Record.Fields["company"].Text) : default);
    }

    [Fact]
    public async Task Opportunities_have_no_feed()
    {
        Assert.Empty(await FeedAsync(NextSecond(), "opportunities", ["name"]));
        Assert.Empty((await Some.All(Connector.ScanAsync("opportunities", ["name"], null, default))).SelectMany(page => page.Records));
    }
}
