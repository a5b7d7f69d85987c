using StackHub.Connecting;
using StackHub.Connectors.Tests.HubSpot;
using StackHub.Connectors.Tests.Intercom;
using StackHub.Connectors.Tests.Klaviyo;
using StackHub.Connectors.Tests.Marketo;
using StackHub.Connectors.Tests.Salesforce;
using StackHub.Connectors.Tests.Zendesk;
using StackHub.Identity;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Erasing;

/// <summary>S15: an address that would be a query elsewhere finds its own record and no other.</summary>
public sealed class HostileIdentityTests
{
    public static TheoryData<string> Vendors => ["hubspot", "intercom", "klaviyo", "marketo", "salesforce", "zendesk"];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task S15_an_apostrophe_finds_exactly_its_own_record(string name)
    {
        await using var vendor = await StartAsync(name);
        using var tokens = new FakeTokens();
        var connector = vendor.Connect(new FakeBudget(TimeProvider.System), tokens, called: null);
        foreach (var email in (string[])["o'brien@example.com", "brien@example.com", "obrien@example.com"])
            vendor.Seed(vendor.ObjectType, new Dictionary<string, string?> { [vendor.EmailField] = email, [vendor.TextField] = "Subject" });

        var outcome = await ((IErasure)connector).EraseAsync(new(vendor.ObjectType) { Email = "o'brien@example.com" }, default);
        for (var times = 0; outcome is ErasureOutcome.Accepted accepted && times < 100; times++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
            outcome = await ((IErasure)connector).EraseAsync(new(vendor.ObjectType) { Ticket = accepted.Ticket }, default);
        }

        Assert.Equal(1, Assert.IsType<ErasureOutcome.Confirmed>(outcome).Records);
        Assert.Equal(2, vendor.Count(vendor.ObjectType));
        Assert.Empty(vendor.Violations);
        (connector as IDisposable)?.Dispose();
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task S15_a_query_in_place_of_an_address_finds_nobody(string name)
    {
        await using var vendor = await StartAsync(name);
        using var tokens = new FakeTokens();
        var connector = vendor.Connect(new FakeBudget(TimeProvider.System), tokens, called: null);
        foreach (var email in (string[])["ada@example.com", "bob@example.com"])
            vendor.Seed(vendor.ObjectType, new Dictionary<string, string?> { [vendor.EmailField] = email, [vendor.TextField] = "Subject" });

        foreach (var hostile in (string[])["x' OR Email != '@example.com", "\"},{\"propertyName\":\"email\",\"operator\":\"HAS_PROPERTY\"@example.com", "*@example.com", "x\") or any(email,\"@example.com", "\\' OR Id != null OR Email = \\'"])
            Assert.IsType<ErasureOutcome.NotFound>(await ((IErasure)connector).EraseAsync(new(vendor.ObjectType) { Email = hostile }, default));

        Assert.Equal(2, vendor.Count(vendor.ObjectType));
        Assert.DoesNotContain(vendor.Violations, violation => violation.Contains("sandbox-fault", StringComparison.Ordinal));
        (connector as IDisposable)?.Dispose();
    }

    [Fact]
    public void S15_a_hostile_number_is_no_number() => Assert.Null(PhoneKey.From("+1\" OR 1=1", "US"));

    private static async Task<VendorUnderTest> StartAsync(string name) => name switch
    {
        "hubspot" => await HubSpotUnderTest.StartAsync(),
        "intercom" => await IntercomSandboxUnderTest.StartAsync(new()),
        "klaviyo" => await KlaviyoUnderTest.StartAsync(),
        "marketo" => await MarketoUnderTest.StartAsync(),
        "salesforce" => await SalesforceUnderTest.StartAsync(),
        _ => await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce),
    };
}
