using System.Globalization;
using System.Net;
using StackHub.Connecting;
using StackHub.Connectors.Intercom;

namespace StackHub.Connectors.Tests.Intercom;

public sealed class IntercomConnectorBehaviourTests : IDisposable
{
    private readonly FakeIntercom vendor = new();
    private readonly RecordingBudget budget = new();

    public void Dispose() => vendor.Dispose();

    [Fact]
    public void Its_limit_is_a_ten_second_slice_below_the_vendors()
    {
        var limits = Some.Connector(vendor).Info.Limits;

        Assert.Contains(limits, l => l.Window == TimeSpan.FromSeconds(10) && l.Permits <= 1_666);
        Assert.Contains(limits, l => l == new RateLimit("*", 10_000, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Throttling_waits_until_the_reset_the_vendor_names()
    {
        var reset = vendor.Time.GetUtcNow().AddSeconds(7);
        vendor.Before = _ => vendor.Requests.Count > 1 ? null : Limited(new HttpResponseMessage(HttpStatusCode.TooManyRequests), remaining: 0, reset);

        var problems = await Some.Connector(vendor, budget).CheckAsync(default);

        Assert.Empty(problems);
        Assert.Equal([TimeSpan.FromSeconds(7)], budget.Blocks);
    }

    [Fact]
    public async Task An_empty_slice_is_not_waited_out_by_being_refused()
    {
        vendor.Decorate = answer => Limited(answer, vendor.Requests.Count == 1 ? 0 : 100, vendor.Time.GetUtcNow().AddSeconds(4));

        await Some.Connector(vendor, budget).CheckAsync(default);

        Assert.Equal([TimeSpan.FromSeconds(4)], budget.Blocks);
    }

    [Fact]
    public async Task A_check_names_every_missing_attribute_and_setup_creates_them()
    {
        vendor.Attributes.ExceptWith(["job_title", "lead_score"]);

        var connector = Some.Connector(vendor);
        var problems = await connector.CheckAsync(default);
        var created = await connector.EnsureCustomFieldsAsync(default);

        Assert.Equal(2, problems.Count);
        Assert.Contains("'job_title'", problems[0], StringComparison.Ordinal);
        Assert.Equal(2, created.Count);
        Assert.Empty(await connector.CheckAsync(default));
        Assert.Empty(await connector.EnsureCustomFieldsAsync(default));
        Assert.Contains(vendor.Requests, r => r.Body?.ToJsonString() == """{"name":"lead_score","model":"contact","data_type":"float"}""");
    }

    [Fact]
    public async Task A_refused_token_is_a_problem_in_words()
    {
        vendor.Before = _ => FakeIntercom.Error(HttpStatusCode.Unauthorized, "unauthorized", "Access Token Invalid");

        Assert.Contains("accessToken", Assert.Single(await Some.Connector(vendor).CheckAsync(default)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_of_contacts_resumes_from_its_checkpoint()
    {
        for (var n = 1; n <= 5; n++)
            vendor.Contact($"c{n}", 1_700_000_000);
        vendor.PageSize = 2;
        var connector = Some.Connector(vendor);

        var pages = await Some.All(connector.ScanAsync("contacts", ["email"], null, default));
        var rest = await Some.All(connector.ScanAsync("contacts", ["email"], pages[0].Checkpoint, default));

        Assert.Equal(5, pages.Sum(p => p.Records.Count));
        Assert.Null(pages[^1].Checkpoint);
        Assert.Equal(["c3", "c4", "c5"], rest.SelectMany(p => p.Records).Select(r => r.Ref.Id));
    }

    [Fact]
    public async Task A_read_sees_what_the_search_does_not_yet_show()
    {
        vendor.SearchLag = TimeSpan.FromMinutes(5);
        vendor.Contact("c1", vendor.Time.GetUtcNow().ToUnixTimeSeconds(), email: "a@example.com");

        var changes = await Some.Connector(vendor).ReadAsync("contacts", ["email"], ["c1", "c2"], default);

        Assert.Equal("a@example.com", Assert.IsType<Change.Seen>(changes[0]).Record.Fields["email"].Text);
        Assert.Equal("c2", Assert.IsType<Change.Deleted>(changes[1]).Ref.Id);
    }

    [Fact]
    public async Task A_dead_vendor_is_one_exception_and_not_a_list_of_retries()
    {
        vendor.Before = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);

        await Assert.ThrowsAsync<VendorUnavailableException>(() => Some.Connector(vendor).WriteAsync("contacts", [Some.Contact(1, Some.Email("ada@example.com")) with { Target = "c1" }], default));
    }

    [Fact]
    public async Task No_failure_tells_personal_data()
    {
        vendor.Before = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("ada@example.com is not json") };

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => Some.Connector(vendor).WriteAsync("contacts", [Some.Contact(1, Some.Email("ada@example.com"))], default));

        Assert.DoesNotContain("ada", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_checked_all_at_once_and_never_printed()
    {
        var wrong = new Dictionary<string, string> { ["baseUrl"] = "http://example.com", ["createPeopleAs"] = "boss", ["writeBatch"] = "51", ["clientSecret"] = "hush" };

        Assert.Equal(4, new IntercomFactory().Problems(wrong).Count());
        Assert.Empty(new IntercomFactory().Problems(new Dictionary<string, string> { ["accessToken"] = "t" }));
        Assert.DoesNotContain("hush", IntercomOptions.From(wrong).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_listed() => Assert.Contains(StackHub.Connectors.Connectors.All, f => f.Info.Vendor == "intercom");

    private static HttpResponseMessage Limited(HttpResponseMessage answer, int remaining, DateTimeOffset reset)
    {
        answer.Headers.Add("X-RateLimit-Remaining", remaining.ToString(CultureInfo.InvariantCulture));
        answer.Headers.Add("X-RateLimit-Reset", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return answer;
    }
}
