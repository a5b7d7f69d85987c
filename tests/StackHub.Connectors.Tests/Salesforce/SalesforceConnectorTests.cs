using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Salesforce;

/// <summary>What every connector promises, asked of Salesforce's.</summary>
public sealed class SalesforceConnectorTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await SalesforceUnderTest.StartAsync();
}
