using System.Net;
using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Tests.Intercom;

public sealed class IntercomCompaniesTests : IDisposable
{
    private readonly FakeIntercom vendor = new();
    private readonly DateTimeOffset noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public void Dispose() => vendor.Dispose();

    [Fact]
    public async Task A_create_is_an_upsert_by_the_hub_id()
    {
        var write = Some.Company(1, Some.Field("name", "Acme"), Some.Field("size", "12", FieldType.Number));

        var first = await Some.Connector(vendor).WriteAsync("companies", [write], default);
        vendor.Time.Pass(TimeSpan.FromSeconds(5));
        var again = await Some.Connector(vendor).WriteAsync("companies", [write with { Uncertain = true }], default);

        Assert.Equal("""{"name":"Acme","size":12,"company_id":"00000000000070008000000000000001"}""", vendor.Requests[0].Body!.ToJsonString());
        Assert.True(Assert.IsType<WriteOutcome.Stored>(first[0]).Created);
        Assert.False(Assert.IsType<WriteOutcome.Stored>(again[0]).Created);
        Assert.Single(vendor.Companies);
    }

    [Fact]
    public async Task An_update_goes_by_the_vendors_id_and_never_names_company_id()
    {
        vendor.Company("k1", 1_700_000_000, companyId: "theirs");

        await Some.Connector(vendor).WriteAsync("companies", [Some.Company(1, Some.Field("website", "acme.com")) with { Target = "k1" }], default);

        Assert.Equal("""{"website":"acme.com"}""", Assert.Single(vendor.Requests).Body!.ToJsonString());
    }

    [Fact]
    public async Task A_missing_company_moved_where_ours_is_or_is_gone()
    {
        vendor.Company("k2", 1_700_000_000, companyId: Some.Id(1).ToString());

        var outcomes = await Some.Connector(vendor).WriteAsync("companies",
            [Some.Company(1, Some.Field("name", "a")) with { Target = "k1" }, Some.Company(3, Some.Field("name", "b")) with { Target = "k3" }], default);

        Assert.Equal("k2", Assert.IsType<WriteOutcome.Moved>(outcomes[0]).To.Id);
        Assert.IsType<WriteOutcome.Gone>(outcomes[1]);
    }

    [Fact]
    public async Task A_scan_scrolls_to_the_end()
    {
        Companies(7);
        vendor.PageSize = 3;

        var pages = await Scan(checkpoint: null);

        Assert.Equal(7, pages.Sum(p => p.Records.Count));
        Assert.Null(pages[^1].Checkpoint);
        Assert.All(pages[..^1], p => Assert.NotNull(p.Checkpoint));
    }

    [Fact]
    public async Task A_scan_resumes_a_living_scroll_and_begins_a_dead_one_again()
    {
        Companies(7);
        vendor.PageSize = 3;
        var checkpoint = (await Scan(checkpoint: null))[0].Checkpoint;

        Assert.Equal(4, (await Scan(checkpoint)).Sum(p => p.Records.Count));
        Assert.Equal(7, (await Scan("expired")).Sum(p => p.Records.Count));
    }

    [Fact]
    public async Task A_scroll_that_breaks_off_begins_again_and_shows_each_company_once()
    {
        Companies(7);
        vendor.PageSize = 3;
        var broken = false;
        vendor.Before = sent =>
        {
            if (broken || sent.Query["scroll_param"] != "s-3")
                return null;
            broken = true;
            return new HttpResponseMessage(HttpStatusCode.InternalServerError);
        };

        var pages = await Scan(checkpoint: null);

        Assert.True(broken);
        Assert.Equal(7, pages.SelectMany(p => p.Records).Select(r => r.Ref.Id).Distinct().Count());
        Assert.Equal(7, pages.Sum(p => p.Records.Count));
    }

    [Fact]
    public async Task Somebody_elses_scroll_is_waited_for()
    {
        vendor.ScrollOfOthers = "s-0";

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => Scan(checkpoint: null));

        Assert.Equal(TimeSpan.FromMinutes(1), e.RetryAfter);
    }

    [Fact]
    public async Task Changed_companies_are_kept_from_the_scroll_in_order()
    {
        for (var n = 9; n >= 0; n--)
            vendor.Company($"k{n}", noon.AddSeconds(n / 2).ToUnixTimeSeconds());

        var pages = await Some.All(Some.Connector(vendor).ChangesAsync("companies", Some.CompanyFields, new FeedPosition(noon.AddSeconds(1), "k2"), noon.AddSeconds(3), default));

        Assert.Equal(["k3", "k4", "k5", "k6", "k7"], pages.SelectMany(p => p.Changes).Select(c => c.Ref.Id));
    }

    private void Companies(int count)
    {
        for (var n = 1; n <= count; n++)
            vendor.Company($"k{n}", 1_700_000_000);
    }

    private async Task<List<ScanPage>> Scan(string? checkpoint) =>
        await Some.All(Some.Connector(vendor).ScanAsync("companies", Some.CompanyFields, checkpoint, default));
}
