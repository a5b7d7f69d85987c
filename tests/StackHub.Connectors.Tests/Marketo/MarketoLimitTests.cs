using System.Net;
using StackHub.Connecting;
using StackHub.Connectors.Marketo;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoLimitTests : MarketoScene
{
    [Theory]
    [InlineData("2026-11-23T03:00:00Z", "2026-11-23T06:00:00Z")] // standard time, UTC-6
    [InlineData("2026-11-23T06:00:00Z", "2026-11-24T06:00:00Z")]
    [InlineData("2026-07-01T04:59:59Z", "2026-07-01T05:00:00Z")] // daylight time, UTC-5
    [InlineData("2026-03-08T07:00:00Z", "2026-03-09T05:00:00Z")] // the day it begins has 23 hours
    [InlineData("2026-11-01T05:30:00Z", "2026-11-02T06:00:00Z")] // the day it ends has 25
    public void The_quota_comes_back_at_midnight_US_Central(string now, string reset)
    {
        var moment = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(DateTimeOffset.Parse(reset, System.Globalization.CultureInfo.InvariantCulture), moment + MarketoQuota.UntilReset(moment));
    }

    [Fact]
    public async Task A_used_up_quota_ends_calls_until_midnight_without_sending_any()
    {
        await StartAsync(new() { DailyCalls = 2 });
        var id = Seed("a@example.com"); // setup has used the two calls

        var first = await Assert.ThrowsAsync<VendorUnavailableException>(() => Connector.ReadAsync("leads", ["email"], [id], default));
        var sent = Vendor.Sandbox.Stats.Calls("leads.filter");
        var second = await Assert.ThrowsAsync<VendorUnavailableException>(() => Connector.ReadAsync("leads", ["email"], [id], default));

        Assert.InRange(first.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(25));
        Assert.True(second.RetryAfter <= first.RetryAfter);
        Assert.Equal((1, 1), (sent, Vendor.Sandbox.Stats.Calls("leads.filter")));
    }

    [Theory]
    [InlineData("606")]
    [InlineData("615")]
    public async Task Rate_and_concurrency_are_waited_out_and_a_write_is_sent_again(string code)
    {
        var count = 0;
        var (connector, vendor) = Fake(_ => ++count == 1 ? Error(code) : """{"requestId":"1","success":true,"result":[{"id":7,"status":"updated"}]}""", ("throttleWaitSeconds", "1"));

        var outcomes = await connector.WriteAsync("leads", [Some.Lead(1, Some.Field("title", "x")) with { Target = "7" }], default);

        Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(Budget.Blocks));
        Assert.Equal(2, vendor.Sent.Count(s => s.Path == "/rest/v1/leads.json"));
    }

    [Theory]
    [InlineData("600")]
    [InlineData("601")]
    [InlineData("602")]
    public async Task A_refused_token_is_renewed_once_and_then_a_person_is_asked(string code)
    {
        var (connector, vendor) = Fake(_ => Error(code));

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => connector.ReadAsync("leads", ["email"], ["7"], default));

        Assert.True(e.NeedsPerson);
        Assert.Equal((2, 2), (vendor.Sent.Count(s => s.Path == "/identity/oauth/token"), vendor.Sent.Count(s => s.Path.StartsWith("/rest", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("604", true)]
    [InlineData("611", true)]
    [InlineData("608", true)]
    [InlineData("603", false)]
    public async Task A_failure_in_a_200_leaves_a_write_uncertain_and_is_no_refusal(string code, bool isUncertain)
    {
        var (connector, _) = Fake(_ => Error(code));
        WriteOutcome? outcome = null;

        var e = await Record.ExceptionAsync(async () => outcome = (await connector.WriteAsync("leads", [Some.Lead(1, Some.Field("title", "x")) with { Target = "7" }], default))[0]);

        Assert.Equal(isUncertain, outcome is WriteOutcome.Retry { Uncertain: true });
        Assert.Equal(!isUncertain, e is VendorUnavailableException { NeedsPerson: true });
    }

    [Fact]
    public async Task An_error_text_with_a_persons_data_is_not_passed_on()
    {
        var (connector, _) = Fake(_ => """{"requestId":"1","success":false,"errors":[{"code":"1003","message":"Invalid value ada@example.com"}]}""");

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => connector.ReadAsync("leads", ["email"], ["7"], default));

        Assert.Contains("1003", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_readers_at_once_stay_below_the_concurrency_and_the_rate()
    {
        var id = Seed("a@example.com");
        Vendor.Sandbox.Faults.Latency = TimeSpan.FromMilliseconds(20);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Connector.ReadAsync("leads", ["email"], [id], default)));

        Assert.Empty(Vendor.Violations);
        Assert.InRange(Vendor.Sandbox.Stats.PeakConcurrency, 2, 8);
    }

    [Fact]
    public async Task A_token_that_expires_in_the_middle_of_a_feed_is_renewed_and_nothing_is_lost()
    {
        var from = NextSecond();
        var ids = Enumerable.Range(0, 700).Select(n => Seed($"p{n}@example.com")).ToList();
        var calls = 0;
        Before = _ =>
        {
            if (++calls == 4)
                Vendor.Sandbox.ExpireTokens();
        };
        Vendor.Time.Advance(TimeSpan.FromSeconds(2));

        var told = await FeedAsync(from);

        Assert.Equal(ids, told.Select(c => c.Ref.Id).Order());
    }

    private (IConnector Connector, FakeVendor Vendor) Fake(Func<SentRequest, string> answer, params (string Name, string Value)[] settings)
    {
        var count = 0;
        var vendor = new FakeVendor(sent => sent.Path == "/identity/oauth/token"
            ? FakeVendor.Ok($$"""{"access_token":"t{{++count}}","token_type":"bearer","expires_in":3600}""")
            : FakeVendor.Json(HttpStatusCode.OK, answer(sent)));
        var all = new Dictionary<string, string> { ["baseUrl"] = "https://123-abc-456.mktorest.example", ["clientId"] = "c", ["clientSecret"] = "s" };
        foreach (var (name, value) in settings)
            all[name] = value;
        return (new MarketoFactory { Transport = vendor }.Create(new(MarketoUnderTest.System, all, Budget, new FakeTokens(), TimeProvider.System)), vendor);
    }

    private static string Error(string code) => $$"""{"requestId":"1","success":false,"errors":[{"code":"{{code}}","message":"of {{code}}"}]}""";
}
