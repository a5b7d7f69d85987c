using StackHub.Connecting;
using StackHub.Connectors.Tests.Declarative;
using StackHub.Connectors.Tests.HubSpot;
using StackHub.Connectors.Tests.Intercom;
using StackHub.Connectors.Tests.Klaviyo;
using StackHub.Connectors.Tests.Marketo;
using StackHub.Connectors.Tests.Salesforce;
using StackHub.Connectors.Tests.Zendesk;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Erasing;

public sealed class SalesforcePrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync() =>
        await SalesforceUnderTest.StartAsync(options => options with { Salesforce = new() { PurgeTime = TimeSpan.FromMilliseconds(300) } });
}

public sealed class HubSpotPrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await HubSpotUnderTest.StartAsync();
}

public sealed class IntercomPrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await IntercomSandboxUnderTest.StartAsync(new());
}

public sealed class MarketoPrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await MarketoUnderTest.StartAsync();
}

public sealed class KlaviyoPrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await KlaviyoUnderTest.StartAsync();
}

public sealed class ZendeskPrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync()
    {
        var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        await ((IVendorSetup)vendor.Connect()).EnsureCustomFieldsAsync(default);
        return vendor;
    }
}

public sealed class MailchimpPrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await MailchimpUnderTest.StartAsync();
}

public sealed class OutreachPrivacyAbilityTests : PrivacyAbilityContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await OutreachUnderTest.StartAsync();
}

public sealed class EveryPrivacyAbilityTests
{
    /// <summary>A connector without a row of its own would promise nothing by accident.</summary>
    [Fact]
    public void Every_connector_has_a_row_for_its_people_that_the_contract_runs()
    {
        var measured = typeof(EveryPrivacyAbilityTests).Assembly.GetTypes().Where(type => type.BaseType == typeof(PrivacyAbilityContract)).Select(type => type.Name.Replace("PrivacyAbilityTests", "", StringComparison.Ordinal).ToLowerInvariant());
        var people = StackHub.Connectors.Connectors.All.Where(factory => factory.Info.Objects.Any(type => type.Kind == RecordKind.Person)).ToArray();

        Assert.Equal(people.Select(factory => factory.Info.Vendor).Order(), measured.Order());
        Assert.All(people.SelectMany(factory => factory.Info.Objects).Where(type => type.Kind == RecordKind.Person), type => Assert.NotEqual(ErasureKind.None, type.Privacy.Erasure));
    }
}
