using System.Net;
using StackHub.Connecting;
using StackHub.Connectors.HubSpot;
using StackHub.Connectors.Intercom;
using StackHub.Connectors.Tests.Intercom;
using StackHub.Connectors.Tests.Salesforce;
using StackHub.Connectors.Tests.Zendesk;
using StackHub.Sandbox.Vendors.Zendesk;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Usage;

/// <summary>Who has an account at a vendor, as it tells.</summary>
public sealed class VendorUsageTests : IDisposable
{
    private readonly FakeTokens tokens = new();

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task Salesforce_tells_active_users_with_their_last_login_its_licences_and_calls()
    {
        using var vendor = new Vendor
        {
            Answer = sent => sent.Soql.Contains("FROM UserLicense", StringComparison.Ordinal)
                ? Vendor.Rows("""{"Id":"100A","TotalLicenses":120}""")
                : Vendor.Rows("""{"Id":"005A","Email":"ada@example.com","LastLoginDate":"2026-11-30T10:15:30.000+0000"}""", """{"Id":"005B","Email":"bob@example.com","LastLoginDate":null}""", """{"Id":"005C","Email":null,"LastLoginDate":null}"""),
        };
        using var connector = vendor.Connect();

        var users = await UsersAsync(connector);
        var usage = await connector.UsageAsync(CancellationToken.None);

        Assert.Equal([("ada@example.com", new DateTimeOffset(2026, 11, 30, 10, 15, 30, TimeSpan.Zero)), ("bob@example.com", null)], users);
        Assert.Equal((120, true, 5_000L), (usage.Seats, usage.TellsLogins, usage.CallsAllowed));
        Assert.Contains(vendor.Requests, sent => sent.Soql.Contains("IsActive = true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Salesforce_users_that_may_not_be_seen_are_no_empty_list()
    {
        using var vendor = new Vendor { Answer = _ => Vendor.Refusal(HttpStatusCode.BadRequest, "INVALID_TYPE") };
        using var connector = vendor.Connect();

        await Assert.ThrowsAsync<VendorUnavailableException>(() => UsersAsync(connector));
        Assert.Null((await connector.UsageAsync(CancellationToken.None)).Seats);
    }

    [Fact]
    public async Task HubSpot_tells_its_owners_page_by_page_and_no_logins()
    {
        var vendor = new FakeVendor(sent => FakeVendor.Ok(sent.Path.Contains("after=2", StringComparison.Ordinal)
            ? """{"results":[{"id":"3","email":"cy@example.com"}]}"""
            : """{"results":[{"id":"1","email":"ada@example.com"},{"id":"2"}],"paging":{"next":{"after":"2"}}}"""));
        var connector = new HubSpotFactory { Transport = vendor }.Create(new(new("hubspot"), new Dictionary<string, string> { ["accessToken"] = "t" }, new FakeBudget(TimeProvider.System), tokens, TimeProvider.System));

        Assert.Equal([("ada@example.com", null), ("cy@example.com", null)], await UsersAsync(connector));
        Assert.Equal(2, vendor.Sent.Count);
        Assert.False((await ((IVendorUsage)connector).UsageAsync(CancellationToken.None)).TellsLogins);
    }

    [Fact]
    public async Task Zendesk_tells_its_staff_and_no_end_user()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(new ZendeskOptions());
        vendor.Seed("users", new Dictionary<string, string?> { ["email"] = "customer@example.com" });
        var connector = vendor.Connect(new FakeBudget(vendor.Time), tokens, null);

        Assert.DoesNotContain(await UsersAsync(connector), user => user.Address == "customer@example.com");
        Assert.True((await ((IVendorUsage)connector).UsageAsync(CancellationToken.None)).TellsLogins);
    }

    [Fact]
    public async Task Intercom_tells_its_teammates_and_counts_inbox_seats()
    {
        using var vendor = new FakeIntercom { Before = sent => sent.Path == "/admins" ? FakeVendor.Ok("""{"type":"admin.list","admins":[{"id":"1","email":"ada@example.com","has_inbox_seat":true},{"id":"2","email":"bob@example.com","has_inbox_seat":false}]}""") : null };
        using var connector = new IntercomConnector(new(new("intercom"), new Dictionary<string, string> { ["accessToken"] = "t" }, new FakeBudget(TimeProvider.System), tokens, TimeProvider.System), vendor);

        Assert.Equal([("ada@example.com", null), ("bob@example.com", null)], await UsersAsync(connector));
        Assert.Equal((1, false), (await connector.UsageAsync(CancellationToken.None) is var usage ? (usage.Seats, usage.TellsLogins) : default));
    }

    private static async Task<List<(string Address, DateTimeOffset? LastLogin)>> UsersAsync(IConnector connector)
    {
        var users = new List<(string, DateTimeOffset?)>();
        await foreach (var user in Assert.IsAssignableFrom<IVendorUsage>(connector).UsersAsync(CancellationToken.None))
            users.Add((user.Address, user.LastLogin));
        return users;
    }
}
